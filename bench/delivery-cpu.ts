import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { bundle } from "../bundle/bundle.ts";
import { entry, environmentOf } from "../test/actions/samples.ts";
import { handlers } from "../actions/auth0.ts";
import type { Sample } from "../otp/simulate/sample/sample-action.ts";
import { sampleAction } from "../otp/simulate/sample/sample-action.ts";
import type { Measured, Task } from "./delivery-cpu-worker.ts";
import { median } from "./median.ts";

// Processor time of a delivery, ours against the documented sample handler, over local HTTP: run by
// `npx tsx bench/delivery-cpu.ts`. Goal: at most 1.3 times the sample with a time-out and a bounded
// read of the answer.

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

const sampleCode = async (name: Sample) => {
  const { code } = await sampleAction("phone", { lifetimeMs: 0, numbers: ["", ""] }, name);
  return code.replace("https://api.example.com/messages", url);
};
const bounded = await sampleCode("sample-with-timeout");
const bare = await sampleCode("sample");
const handler = handlers.phone;

try {
  for (const names of [["http"], ["http", "http"]]) {
    const entries = names.map((name, index) => ({ ...entry("phone", name), id: `v${index}` }));
    const made = await bundle(environmentOf("phone", entries), "phone");
    const ours = (made?.code ?? "").replaceAll("https://vendor.example", url);
    const times = { ours: [] as number[], bounded: [] as number[], bare: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.ours.push(await measure({ code: ours, handler }));
      times.bounded.push(await measure({ code: bounded, handler }));
      times.bare.push(await measure({ code: bare, handler }));
    }
    const against = (others: readonly number[]) => {
      const ratio = median(times.ours.map((own, round) => own / (others[round] ?? NaN)));
      return `${median(others).toFixed(0)} µs (ratio ${ratio.toFixed(2)})`;
    };
    console.log(
      `${names.length} vendor(s)  ours ${median(times.ours).toFixed(0)} µs, sample with a time-out ` +
        `and a bounded read ${against(times.bounded)}, goal 1.3; bare sample ${against(times.bare)}`,
    );
  }
} finally {
  server.close();
  server.closeAllConnections();
}
