import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "../bundle/bundle.ts";
import { entry, environmentOf } from "../test/actions/samples.ts";
import { median } from "./median.ts";

// How long an Action takes to load, as a bundle and with an SDK instead: run by
// `npx tsx bench/bundle-load.ts`. Goal: the bundle at least 50 times faster. Node's own modules are
// loaded before, for both: they are there in an Action, and cost what they cost.

const rounds = 9;

/** Milliseconds to require a module in a process that has loaded nothing yet. */
function load(path: string): number {
  const script = `["crypto", "https", "url", "util", "stream"].forEach(require); const start = performance.now(); require(${JSON.stringify(path)}); process.stdout.write(String(performance.now() - start));`;
  return Number(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }));
}

const made = await bundle(environmentOf("phone", [entry("phone", "twilio")]), "phone");
const folder = mkdtempSync(join(tmpdir(), "otp-bench-"));
try {
  const path = join(folder, "bundle.cjs");
  writeFileSync(path, made?.code ?? "");
  const sdk = fileURLToPath(import.meta.resolve("twilio"));
  const times = Array.from({ length: rounds }, () => ({ bundle: load(path), sdk: load(sdk) }));
  const bundleMs = median(times.map((time) => time.bundle));
  const sdkMs = median(times.map((time) => time.sdk));
  console.log(`bundle with Twilio  ${bundleMs.toFixed(2)} ms`);
  console.log(`require("twilio")   ${sdkMs.toFixed(1)} ms`);
  console.log(`ratio               ${(sdkMs / bundleMs).toFixed(0)} times faster, goal 50`);
} finally {
  rmSync(folder, { recursive: true });
}
