/** Auth0's guidelines ask for HTTP time-outs under 10 s. */
const timeoutMs = 8_000;
/** The most that is read of an answer. */
const bodyLimit = 64 * 1024;

/** `fetch` with a time-out that covers the body, and a body that is read up to a limit. */
export async function boundedFetch(
  url: string,
  options: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body: string;
  },
): Promise<{ readonly status: number; readonly ok: boolean; readonly text: string }> {
  const abort = new AbortController();
  const timer = setTimeout(() => {
    abort.abort();
  }, timeoutMs);
  try {
    const response = await fetch(url, { ...options, signal: abort.signal });
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length >= bodyLimit) break;
    }
    return { status: response.status, ok: response.ok, text };
  } finally {
    clearTimeout(timer);
  }
}
