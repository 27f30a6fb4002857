import type { Channel } from "../../config/environment.ts";
import { channels } from "../../config/environment.ts";
import { contenderTitles } from "./contenders.ts";
import type { Metrics } from "./metrics.ts";
import { scenarios, sizeOf } from "./scenarios.ts";
import type { Case } from "./simulate-channel.ts";
import type { Simulation } from "./simulate.ts";
import type { Miss } from "./thresholds.ts";

const titles: Readonly<Record<Channel, string>> = { email: "E-mail", phone: "Phone" };
const none = "–";

const count = (value: number) => value.toLocaleString("en-US");
/** Never rounded up to 100: one lost message in a million shows. */
const percent = (share: number | null) =>
  share === null ? none : `${(Math.floor(share * 1e4) / 100).toFixed(share < 1 ? 2 : 0)} %`;
const seconds = (ms: number | null) => (ms === null ? none : `${(ms / 1_000).toFixed(2)} s`);
const few = (value: number | null) => (value === null ? none : value.toFixed(2));

interface Column {
  readonly head: string;
  readonly cell: (metrics: Metrics) => string;
}

const columns: readonly Column[] = [
  { head: "messages", cell: ({ messages }) => count(messages) },
  { head: "in 10 s", cell: ({ within10s }) => percent(within10s) },
  { head: "p50", cell: ({ p50Ms }) => seconds(p50Ms) },
  { head: "p90", cell: ({ p90Ms }) => seconds(p90Ms) },
  { head: "p99", cell: ({ p99Ms }) => seconds(p99Ms) },
  { head: "dupl./1000", cell: ({ duplicates }) => few(duplicates) },
  { head: "with key", cell: ({ keyedDuplicates }) => count(keyedDuplicates) },
  { head: "calls", cell: ({ callsPerDelivered }) => few(callsPerDelivered) },
  {
    head: "calls/bad",
    cell: ({ badRecipients, badCalls }) => (badRecipients ? count(badCalls) : none),
  },
  { head: "in flight", cell: ({ inFlight }) => count(inFlight) },
  { head: "refused", cell: ({ refused }) => count(refused) },
  { head: ">18 s", cell: ({ over18s }) => count(over18s) },
  { head: "false", cell: ({ falseReports }) => count(falseReports) },
  { head: "dead", cell: ({ dead }) => count(dead) },
  { head: "old", cell: ({ superseded }) => count(superseded) },
  { head: "lost", cell: ({ lost }) => count(lost) },
  { head: "outage", cell: ({ outageLost }) => percent(outageLost) },
  { head: "45 s", cell: ({ codeWithin45s }) => percent(codeWithin45s) },
  { head: "leaks", cell: ({ leaks }) => count(leaks) },
];

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? "").length)),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => (at < 1 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** The rows of a channel: each scenario's title in a line of its own, then its contenders. */
function rows(cases: readonly Case[]): string[] {
  const lines = table([
    ["", ...columns.map(({ head }) => head)],
    ...cases.map(({ contender, metrics }) => [
      `  ${contenderTitles[contender]}`,
      ...columns.map(({ cell }) => cell(metrics)),
    ]),
  ]);
  return lines.flatMap((line, at) => {
    const here = cases[at - 1];
    if (!here || cases[at - 2]?.scenario === here.scenario) return [line];
    return [`${here.title} (${here.scenario})`, line];
  });
}

const metricWords: Readonly<Partial<Record<keyof Metrics, string>>> = {
  within10s: "share delivered within 10 s",
  withinLife: "share delivered while the code worked",
  p50Ms: "p50",
  p90Ms: "p90",
  p99Ms: "p99",
  p99Ratio: "p99, divided by the vendor's own,",
  firstCallMs: "longest time to the first call",
  duplicates: "duplicates per 1,000",
  keyedDuplicates: "duplicates at a vendor that takes a key",
  primaryShare: "share of first calls to the first vendor",
  codeWithin45s: "share of users with a code within 45 s",
  inFlight: "executions in flight",
  refused: "executions refused at the limit",
  over18s: "executions over 18 s",
  falseReports: "false reports",
  dead: "expired codes sent",
  superseded: "codes sent after a newer one was delivered",
  lost: "lost messages",
  outageLost: "share of the outage's messages lost",
  badMishandled: "bad recipients not dropped after one call",
  strays: "requests to unknown addresses",
};

const shares: readonly (keyof Metrics)[] = [
  ...(["within10s", "withinLife", "primaryShare", "codeWithin45s", "outageLost"] as const),
];

function shown(metric: keyof Metrics, value: number | null): string {
  if (value === null) return none;
  if (shares.includes(metric)) return `${(value * 100).toFixed(3)} %`;
  if (metric.endsWith("Ms")) return seconds(value);
  return Number.isInteger(value) ? count(value) : few(value);
}

/** A missed goal as one line: what was expected, what was measured. */
export function missLine({ channel, scenario, threshold, atLeast, atMost, got }: Miss): string {
  const { metric, contender } = threshold;
  const where = contender === "cold-cache" ? " with a cold cache" : "";
  const bound =
    atLeast === undefined
      ? `at most ${shown(metric, atMost ?? null)}`
      : `at least ${shown(metric, atLeast)}`;
  return `${channel}, ${scenario}${where}: expected ${metricWords[metric] ?? metric} ${bound}, got: ${shown(metric, got)}`;
}

/** What is said of a miss that fewer messages than enough may be to blame for. */
function remark({ scenario: name }: Miss, messages: number | null): string {
  const scenario = scenarios.find((one) => one.name === name);
  if (messages === null || !scenario || sizeOf(scenario, messages) >= scenario.enough) return "";
  return ` (may be met at ${count(scenario.enough)} messages)`;
}

/** A simulation for a terminal: plain text, a table per channel. */
export function render(simulation: Simulation): string {
  const { environment, messages, seed, vendors, cases, missed, assumptions } = simulation;
  const blocks = channels
    .filter((channel) => vendors[channel])
    .flatMap((channel) => [
      `${titles[channel]}: ${vendors[channel]?.join(", then ") ?? none}`,
      ...rows(cases.filter((one) => one.channel === channel)),
      "",
    ]);
  const alone = channels.filter((channel) => vendors[channel]?.length === 1);
  const size = messages === null ? "as many as are enough" : count(messages);
  return [
    `Simulation of ${environment}: messages per scenario: ${size}, seed ${String(seed)}`,
    "",
    ...blocks,
    "engine: the environment's own bundle. cold cache: the same with a cache that is empty at the",
    "start of each execution. sample: Auth0's documented sample handler with the first vendor alone,",
    "as documented and with a time-out.",
    "",
    "Assumed:",
    ...assumptions.map((line) => `- ${line}`),
    "",
    ...alone.map(
      (channel) =>
        `${titles[channel]} has one vendor: goals that need a second one are not judged.`,
    ),
    ...(missed.length
      ? [
          `${count(missed.length)} ${missed.length === 1 ? "goal" : "goals"} missed:`,
          ...missed.map((miss) => `- ${missLine(miss)}${remark(miss, messages)}`),
        ]
      : ["All goals met."]),
    "",
  ].join("\n");
}
