import { styleText } from "node:util";

/** Prints steps as they happen, each with its time: plain where nobody watches. */
export interface Steps {
  /** Runs a step; its line shows when it ends, and while it runs on a terminal. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** A line of its own. */
  say(line: string): void;
}

/** Seconds with one decimal. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Steps on standard error's or output's stream; colours only on a terminal without `NO_COLOR`. */
export function stepsOn(stream: NodeJS.WriteStream): Steps {
  const live = stream.isTTY && process.env["TERM"] !== "dumb";
  const mark = (colour: "green" | "red", sign: string) =>
    live && process.env["NO_COLOR"] === undefined ? styleText(colour, sign) : sign;
  const write = (text: string) => stream.write(text);
  return {
    say: (line) => write(`${line}\n`),
    async step(title, work) {
      const began = performance.now();
      if (live) write(`… ${title}`);
      const end = (sign: string) =>
        write(
          `${live ? "\r\u001B[2K" : ""}${sign} ${title} (${seconds(performance.now() - began)})\n`,
        );
      try {
        const result = await work();
        end(mark("green", "✓"));
        return result;
      } catch (error) {
        end(mark("red", "✗"));
        throw error;
      }
    },
  };
}
