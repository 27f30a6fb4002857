import { createInterface } from "node:readline/promises";

/** Asks a person; what was typed, without spaces around it. */
export type Ask = (question: string) => Promise<string>;

/**
 * Lets `work` ask on the terminal; it gets `undefined` where there is none to ask on.
 *
 * @throws AbortError for Ctrl-C and for an end of input
 */
export async function asking<T>(
  signal: AbortSignal,
  work: (ask: Ask | undefined) => Promise<T>,
): Promise<T> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return work(undefined);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Without an answer, a question would wait for ever when the input ends.
  const closed = new AbortController();
  terminal.on("close", () => {
    closed.abort();
  });
  const either = AbortSignal.any([signal, closed.signal]);
  try {
    return await work(async (question) =>
      (await terminal.question(question, { signal: either })).trim(),
    );
  } finally {
    terminal.close();
  }
}

/** One question; `undefined` where there is no terminal to ask on. */
export function typed(question: string, signal: AbortSignal): Promise<string | undefined> {
  return asking(signal, async (ask) => ask?.(question));
}
