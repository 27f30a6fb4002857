import { Worker } from "node:worker_threads";
import type { Part, Task } from "./channel.ts";
import { stopped } from "./error.ts";
import type { Word } from "./worker.ts";

/**
 * Simulates a channel on a thread of its own, so that two channels take two processors.
 *
 * @param before - hears the title of each scenario before it is played
 * @throws whatever the simulation threw, and UserError when the signal stops it
 */
export async function simulateInWorker(
  task: Task,
  before: (title: string) => void,
  signal: AbortSignal | undefined,
): Promise<Part | undefined> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: task,
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  try {
    return await new Promise((resolve, reject) => {
      const stop = () => {
        reject(stopped());
      };
      if (signal?.aborted) stop();
      signal?.addEventListener("abort", stop, { once: true });
      worker.on("message", (word: Word) => {
        if ("title" in word) before(word.title);
        else resolve(word.part);
      });
      worker.once("error", reject);
      worker.once("exit", () => {
        reject(new Error(`the simulation of ${task.channel} ended before its time`));
      });
    });
  } finally {
    await worker.terminate();
  }
}
