import { Worker } from "node:worker_threads";
import type { ChannelResult, ChannelTask } from "./simulate-channel.ts";
import { stopped } from "./stopped.ts";
import type { WorkerMessage } from "./worker.ts";

/**
 * Simulates a channel on a thread of its own, so that two channels use two processors.
 *
 * @param onScenario - called with the title of each scenario before it is run
 * @throws whatever the simulation threw, and UserError when the signal stops it
 */
export async function simulateInWorker(
  task: ChannelTask,
  onScenario: (title: string) => void,
  signal: AbortSignal | undefined,
): Promise<ChannelResult | undefined> {
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
      worker.on("message", (message: WorkerMessage) => {
        if ("title" in message) onScenario(message.title);
        else resolve(message.result);
      });
      worker.once("error", reject);
      worker.once("exit", () => {
        reject(new Error(`the worker that simulated ${task.channel} ended too early`));
      });
    });
  } finally {
    await worker.terminate();
  }
}
