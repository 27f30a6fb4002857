import type { HttpRequest, HttpResponse, Verdict } from "../vendors/vendor.ts";
import type { Io } from "./io.ts";

/** The most that is read of an answer; verdicts need a few hundred bytes. */
const bodyLimit = 64 * 1024;

/** A call that got no answer: `timeout`, or the network's error code, e.g. `ENOTFOUND`. */
export interface NoAnswer {
  readonly error: string;
}

/** Thrown by a request that found out, before it could be made, what would come of it. */
export class Refusal extends Error {
  constructor(
    readonly answer: HttpResponse | NoAnswer,
    readonly verdict: Verdict,
  ) {
    super();
  }
}

/** Whether the request may have been taken all the same: other errors come before it went out. */
export function ambiguous(answer: HttpResponse | NoAnswer): boolean {
  return "error" in answer && /^(timeout|ECONNRESET|EPIPE|UND_ERR_SOCKET)$/.test(answer.error);
}

async function read(response: Response): Promise<HttpResponse> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= bodyLimit) break;
  }
  const body = Buffer.concat(chunks).toString("utf8", 0, bodyLimit);
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {}
  return { status: response.status, headers: Object.fromEntries(response.headers), body, json };
}

/**
 * One HTTP call, its body included, aborted after `limitMs`. Redirects are not followed: they would
 * carry credentials elsewhere.
 */
export async function attempt(
  io: Io,
  { url, ...request }: HttpRequest,
  limitMs: number,
): Promise<HttpResponse | NoAnswer> {
  const abort = new AbortController();
  let done = (): void => undefined;
  // The race holds even where a fetch or a stream does not listen to its signal.
  const timeout = new Promise<NoAnswer>((resolve) => {
    done = io.after(limitMs, () => {
      resolve({ error: "timeout" });
      abort.abort();
    });
  });
  try {
    const { signal } = abort;
    const call = io.fetch(url, { ...request, redirect: "manual", signal }).then(read);
    return await Promise.race([call, timeout]);
  } catch (thrown) {
    return { error: (thrown as { cause?: { code?: string } }).cause?.code ?? "network" };
  } finally {
    done();
  }
}
