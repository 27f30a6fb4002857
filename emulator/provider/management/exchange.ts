import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import type { Agent } from "node:https";

/** One HTTPS request. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back, whole. */
export interface Incoming {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Milliseconds without a byte after which a connection counts as broken. */
const silence = 30_000;

/**
 * Sends one request. Node's own `fetch` takes no certificate authority for a single client, which
 * a tenant on this machine needs.
 *
 * @throws Error when the connection breaks, stays silent or the signal is aborted
 */
export function exchange(outgoing: Outgoing, agent: Agent, signal: AbortSignal): Promise<Incoming> {
  const { method, url, headers, body } = outgoing;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent, signal, timeout: silence }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
    });
    sent.on("timeout", () => sent.destroy(new Error(`no answer within ${silence / 1000} s`)));
    sent.on("error", reject);
    sent.end(body);
  });
}
