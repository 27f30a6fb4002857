import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { bundle } from "../bundle/bundle.ts";
import { entry, environmentOf } from "../test/actions/samples.ts";
import { sampleAction } from "../otp/simulate/sample/sample-action.ts";
import type { Measured, Task } from "./delivery-cpu-worker.ts";
import { median } from "./median.ts";

// Processor time of a delivery, ours against the documented sample handler, over local HTTP: run by
// `npx tsx bench/delivery-cpu.ts`. Goal: at most 1.3 times.

const rounds = 7;
const worker = fileURLToPath(new URL("delivery-cpu-worker.ts", import.meta.url));

const server = createServer((request, response) => {
  request.resume().on("end", () => response.writeHead(202).end('{"accepted":true}'));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`;

/** Microseconds of processor time for one delivery, in a process of its own. */
async function measure(task: Task): Promise<number> {
  const child = fork(worker, { execArgv: ["--import", "tsx"] });
  child.send(task);
  const [measured] = (await once(child, "message")) as [Measured];
  child.kill();
  return measured.microseconds;
}

const { code: sampleCode, handler } = await sampleAction("phone", {
  lifetimeMs: 0,
  numbers: ["", ""],
});
const sample = sampleCode.replace("https://api.example.com/messages", url);

try {
  for (const names of [["http"], ["http", "http"]]) {
    const entries = names.map((name, index) => ({ ...entry("phone", name), id: `v${index}` }));
    const made = await bundle(environmentOf("phone", entries), "phone");
    const ours = (made?.code ?? "").replaceAll("https://vendor.example", url);
    const ratios: number[] = [];
    const times = { ours: [] as number[], sample: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      const own = await measure({ code: ours, handler });
      const theirs = await measure({ code: sample, handler });
      ratios.push(own / theirs);
      times.ours.push(own);
      times.sample.push(theirs);
    }
    console.log(
      `${names.length} vendor(s)  ours ${median(times.ours).toFixed(0)} µs, sample ` +
        `${median(times.sample).toFixed(0)} µs, ratio ${median(ratios).toFixed(2)}, goal 1.3`,
    );
  }
} finally {
  server.close();
  server.closeAllConnections();
}
