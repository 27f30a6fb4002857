// Runs in a worker thread, from source: Node strips the types, so the syntax must be erasable.
import { parentPort, workerData } from "node:worker_threads";
import type { ChannelResult, ChannelTask } from "./simulate-channel.ts";
import { simulateChannel } from "./simulate-channel.ts";

/** What a worker sends: the title of each scenario before it is run, then the result. */
export type WorkerMessage =
  { readonly title: string } | { readonly result: ChannelResult | undefined };

function post(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

post({
  result: await simulateChannel(workerData as ChannelTask, ({ title }) => {
    post({ title });
  }),
});
