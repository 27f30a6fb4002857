import { createInterface } from "node:readline/promises";

/**
 * Asks for a word on the terminal.
 *
 * @returns what was typed, or `undefined` where there is no terminal to ask on
 */
export async function typed(question: string, signal: AbortSignal): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question, { signal })).trim();
  } finally {
    terminal.close();
  }
}
