import { request } from "node:https";

/** An answer, its body as text. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * One HTTPS call that trusts the given certificate alone, bounded to ten seconds.
 * @param body - sent as JSON; left out, none is sent
 */
export function call(
  url: string,
  ca: string,
  {
    method = "GET",
    token,
    body,
  }: { readonly method?: string; readonly token?: string; readonly body?: unknown } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method,
      ca,
      signal: AbortSignal.timeout(10_000),
      headers: {
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
    });
    outgoing.on("error", reject).on("response", (answer) => {
      let text = "";
      answer
        .setEncoding("utf8")
        .on("data", (chunk: string) => (text += chunk))
        .on("error", reject)
        .on("end", () => {
          resolve({ status: answer.statusCode ?? 0, text });
        });
    });
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
