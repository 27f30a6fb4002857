import type { HttpRequest, HttpResponse } from "../vendors/vendor.ts";
import type { Io } from "./io.ts";

/** The most that is read of an answer; verdicts need a few hundred bytes. */
const bodyLimit = 64 * 1024;

/** A call that got no answer. */
export interface NoAnswer {
  /** `timeout`, or the network's error code, e.g. `ENOTFOUND`. */
  readonly error: string;
  /** The request may have been taken all the same. */
  readonly ambiguous: boolean;
}

/** Errors that can come after the request went out; all others come before it. */
const afterSending = /^(timeout|ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_(HEADERS|BODY)_TIMEOUT)$/;

async function readUpTo(limit: number, response: Response): Promise<string> {
  const stream = response.body as ReadableStream<Uint8Array> | null;
  const reader = stream?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  for (let size = 0; size < limit;) {
    const { done, value } = await reader.read();
    if (done) return text;
    size += value.length;
    text += decoder.decode(value.subarray(0, value.length - Math.max(0, size - limit)), {
      stream: true,
    });
  }
  await reader.cancel();
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * One HTTP call, its body included, aborted after `limitMs`. Redirects are not followed: they would
 * carry credentials elsewhere.
 */
export async function attempt(
  { fetch, clock }: Io,
  { url, ...request }: HttpRequest,
  limitMs: number,
): Promise<HttpResponse | NoAnswer> {
  const abort = new AbortController();
  let expire: () => void = () => undefined;
  const expired = new Promise<NoAnswer>((resolve) => {
    expire = clock.after(limitMs, () => {
      abort.abort();
      resolve({ error: "timeout", ambiguous: true });
    });
  });
  const call = async () => {
    const response = await fetch(url, { ...request, redirect: "manual", signal: abort.signal });
    const body = await readUpTo(bodyLimit, response);
    const headers = Object.fromEntries(response.headers);
    return { status: response.status, headers, body, json: parsed(body) };
  };
  try {
    // The race holds even where a fetch or a stream does not listen to its signal.
    return await Promise.race([call(), expired]);
  } catch (thrown) {
    const cause = (thrown as { cause?: { code?: unknown } } | null)?.cause?.code;
    const error = typeof cause === "string" ? cause : "network";
    return { error, ambiguous: afterSending.test(error) };
  } finally {
    expire();
  }
}
