import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { readPlan, review } from "../otp/review/index.ts";

// What a review takes: run by `npx tsx bench/review.ts`. Bounds: 5 s and 500 MB for 200 stacks.

/** Made-up code of about as many bytes as a bundle with a few vendors. */
function code(vendors: readonly string[], bytes: number, seed: string): string {
  const manifest = { environment: seed, channel: "phone", vendors, secrets: ["API_KEY"] };
  const line = (index: number) =>
    `  const value${index} = send(${JSON.stringify(seed)}, ${index});\n`;
  let text = `// otp-delivery: ${JSON.stringify(manifest)}\n`;
  for (let index = 0; text.length < bytes; index += 1) text += line(index);
  return text;
}

/** The plan of one stack as `terraform show -json` prints it, the code in it four times. */
function planText(name: string, bytes: number, rewritten: boolean): string {
  const values = (text: string) => ({ name, code: text, deploy: true, runtime: "node22" });
  const changes = ["email", "phone"].map((channel) => {
    const before = values(code(["a/text", "b/text"], bytes, `${name}-${channel}`));
    const other = rewritten ? `${name}-rewritten` : `${name}-${channel}`;
    const after = values(code(["b/text", "a/text"], bytes, other).replace("value7 ", "other7 "));
    return {
      address: `auth0_action.${channel}`,
      mode: "managed",
      type: "auth0_action",
      change: { actions: ["update"], before, after, after_unknown: {} },
    };
  });
  const resources = (side: "before" | "after") =>
    changes.map(({ address, change }) => ({ address, values: change[side] }));
  return JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: { resources: resources("after") } },
    prior_state: { values: { root_module: { resources: resources("before") } } },
    resource_changes: changes,
  });
}

const secrets = Array.from(
  { length: 20 },
  (_, index) => `bench-secret-value/${index}+${index * 7919}`,
);

function measure(label: string, stacks: number, bytes: number, rewritten: boolean): void {
  const start = performance.now();
  let reading = 0;
  const plans = Array.from({ length: stacks }, (_, index) => {
    const name = `stack-${index}`;
    const text = planText(name, bytes, rewritten);
    const begin = performance.now();
    const plan = readPlan(text, name);
    reading += performance.now() - begin;
    return { environment: name, plan };
  });
  const made = performance.now();
  const { markdown, full } = review(plans, { secrets });
  const seconds = (performance.now() - made + reading) / 1000;
  const { maxRSS } = process.resourceUsage();
  console.log(
    `${label}: ${seconds.toFixed(2)} s, peak ${Math.round(maxRSS / 1024)} MB, ` +
      `${markdown.length} of ${full.length} characters (made in ${((made - start) / 1000).toFixed(1)} s)`,
  );
}

type Case = readonly [label: string, stacks: number, bytes: number, rewritten: boolean];

const cases: readonly Case[] = [
  ["200 stacks, 2 Actions of 60 kB each, some lines changed", 200, 60_000, false],
  ["200 stacks, 2 Actions of 60 kB each, all lines changed", 200, 60_000, true],
  ["1 stack, 2 Actions of 5 MB each, all lines changed", 1, 5_000_000, true],
];

const chosen = cases[Number(process.argv[2] ?? -1)];
if (chosen) measure(...chosen);
else {
  // Each in a process of its own, since the peak of memory is a process'.
  for (const index of cases.keys()) {
    const script = fileURLToPath(import.meta.url);
    const args = [...process.execArgv, script, String(index)];
    spawnSync(process.execPath, args, { stdio: "inherit" });
  }
}
