// Runs in a worker thread, from source: Node strips the types, so the syntax must be erasable.
import { parentPort, workerData } from "node:worker_threads";
import type { Part, Task } from "./channel.ts";
import { simulateChannel } from "./channel.ts";

/** What a worker tells: the title of each scenario before it is played, then the whole. */
export type Word = { readonly title: string } | { readonly part: Part | undefined };

function say(word: Word): void {
  parentPort?.postMessage(word);
}

say({
  part: await simulateChannel(workerData as Task, ({ title }) => {
    say({ title });
  }),
});
