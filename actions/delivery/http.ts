import type { HttpRequest, HttpResponse } from "../vendors/vendor.ts";
import type { Io } from "./io.ts";

/** The most that is read of an answer; verdicts need a few hundred bytes. */
const bodyLimit = 64 * 1024;

/** What a call came to: an answer, or `timeout` or the network's error code, e.g. `ENOTFOUND`. */
export type Answer =
  | (HttpResponse & { readonly error?: undefined })
  | { readonly error: string; readonly status?: undefined; readonly headers?: undefined };

/** Whether the request may have been taken all the same: other errors come before it went out. */
export function ambiguous({ error = "" }: Answer): boolean {
  return /^(timeout|ECONNRESET|EPIPE|UND_ERR_SOCKET)$/.test(error);
}

async function read(response: Response): Promise<HttpResponse> {
  const decoder = new TextDecoder();
  let body = "";
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    body += decoder.decode(chunk, { stream: true });
    if (body.length >= bodyLimit) break;
  }
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {}
  return { status: response.status, headers: Object.fromEntries(response.headers), body, json };
}

/** Header values that `fetch` refuses, such as a secret with a line break. */
const unsendable = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * One HTTP call, its body included, aborted after `limitMs` or by `abort`. Redirects are not
 * followed: they would carry credentials elsewhere.
 *
 * @returns the answer, or `timeout`, `header` (a secret that no header can hold) or the network's
 * error code
 */
export async function httpCall(
  io: Io,
  { url, ...request }: HttpRequest,
  limitMs: number,
  abort = new AbortController(),
): Promise<Answer> {
  if (Object.values(request.headers).some((value) => unsendable.test(value)))
    return { error: "header" };
  const { signal } = abort;
  let timer: unknown;
  // The signal alone would leave it to `fetch` and to the body when this ends.
  const late = new Promise<Answer>((resolve) => {
    timer = io.setTimeout(() => {
      resolve({ error: "timeout" });
      abort.abort();
    }, limitMs);
  });
  const call = async (): Promise<Answer> => {
    try {
      return await read(await io.fetch(url, { ...request, redirect: "manual", signal }));
    } catch (thrown) {
      const { cause } = thrown as { cause?: { code?: string } };
      return { error: signal.aborted ? "timeout" : (cause?.code ?? "network") };
    }
  };
  const answer = await Promise.race([call(), late]);
  io.clearTimeout(timer);
  return answer;
}
