import type { Channel } from "../../config/environment.ts";
import { channels } from "../../config/environment.ts";
import type { Figures } from "./metrics.ts";
import type { Goal, Miss } from "./thresholds.ts";
import { goalMessages } from "./thresholds.ts";
import type { Case } from "./channel.ts";
import type { Simulation } from "./simulate.ts";

const titles: Readonly<Record<Channel, string>> = { email: "E-mail", phone: "Phone" };
const none = "–";

const count = (value: number) => value.toLocaleString("en-US");
/** Never rounded up to 100: one lost message in a million shows. */
const percent = (share: number) =>
  `${(Math.floor(share * 1e4) / 100).toFixed(share < 1 ? 2 : 0)} %`;
const seconds = (ms: number | null) => (ms === null ? none : `${(ms / 1_000).toFixed(2)} s`);
const few = (value: number | null) => (value === null ? none : value.toFixed(2));

interface Column {
  readonly head: string;
  readonly cell: (figures: Figures) => string;
}

const columns: readonly Column[] = [
  { head: "messages", cell: ({ messages }) => count(messages) },
  { head: "in 10 s", cell: ({ within10s }) => percent(within10s) },
  { head: "in life", cell: ({ withinLife }) => percent(withinLife) },
  { head: "median", cell: ({ medianMs }) => seconds(medianMs) },
  { head: "p99", cell: ({ p99Ms }) => seconds(p99Ms) },
  { head: "dupl./1000", cell: ({ duplicates }) => few(duplicates) },
  { head: "with key", cell: ({ keyedDuplicates }) => count(keyedDuplicates) },
  { head: "calls", cell: ({ callsPerDelivered }) => few(callsPerDelivered) },
  {
    head: "calls/bad",
    cell: ({ badRecipients, badCalls }) => (badRecipients ? count(badCalls) : none),
  },
  { head: ">18 s", cell: ({ over18s }) => count(over18s) },
  { head: ">20 s", cell: ({ over20s }) => count(over20s) },
  { head: "false", cell: ({ falseReports }) => count(falseReports) },
  { head: "dead", cell: ({ dead }) => count(dead) },
  { head: "lost", cell: ({ lost }) => count(lost) },
  { head: "leaks", cell: ({ leaks }) => count(leaks) },
];

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? "").length)),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function rows(cases: readonly Case[]): string[][] {
  return cases.map(({ title, player, figures }, at) => [
    cases[at - 1]?.title === title ? "" : title,
    player,
    ...columns.map(({ cell }) => cell(figures)),
  ]);
}

const figureWords: Readonly<Partial<Record<keyof Figures, string>>> = {
  within10s: "share within 10 s",
  p99Ms: "p99",
  duplicates: "duplicates a thousand",
  keyedDuplicates: "duplicates at a vendor that takes a key",
  over18s: "executions over 18 s",
  falseReports: "false reports",
  badMishandled: "bad recipients not dropped after one call",
  strays: "requests to unknown addresses",
};

function shown(figure: keyof Figures, value: number | null): string {
  if (value === null) return none;
  if (figure === "within10s") return `${(value * 100).toFixed(3)} %`;
  if (figure === "p99Ms") return seconds(value);
  return Number.isInteger(value) ? count(value) : few(value);
}

const bound = ({ figure, atLeast, atMost }: Goal) =>
  atLeast === undefined
    ? `at most ${shown(figure, atMost ?? null)}`
    : `at least ${shown(figure, atLeast)}`;

/** A missed goal as one line: what was expected, what was got. */
export function missLine({ channel, scenario, goal, got }: Miss): string {
  const { figure, player } = goal;
  const whose = player === "forgetful" ? " with a cache that forgets" : "";
  return `${channel}, ${scenario}${whose}: expected ${figureWords[figure] ?? figure} ${bound(goal)}, got: ${shown(figure, got)}`;
}

/** A simulation for a terminal: plain text, a table a channel. */
export function render(simulation: Simulation): string {
  const { environment, messages, seed, vendors, cases, missed, assumptions } = simulation;
  const blocks = channels
    .filter((channel) => vendors[channel])
    .flatMap((channel) => [
      `${titles[channel]}: ${vendors[channel]?.join(", then ") ?? none}`,
      ...table([
        ["", "", ...columns.map(({ head }) => head)],
        ...rows(cases.filter((one) => one.channel === channel)),
      ]),
      "",
    ]);
  const alone = channels.filter((channel) => vendors[channel]?.length === 1);
  return [
    `Simulation of ${environment}: ${count(messages)} messages a case, seed ${seed}`,
    "",
    ...blocks,
    "ours: the environment's own bundle; forgetful: the same with a cache that forgets everything",
    "between executions; sample: Auth0's documented sample handler with the first vendor alone.",
    ...(messages < goalMessages
      ? [
          `Goals are meant for ${count(goalMessages)} messages: with fewer, how an outage begins weighs more.`,
        ]
      : []),
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
          ...missed.map((miss) => `- ${missLine(miss)}`),
        ]
      : ["All goals reached."]),
    "",
  ].join("\n");
}
