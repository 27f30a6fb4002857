import { isChangedLane, lanes } from "./routing-diff.ts";
import type { Lane } from "./routing-diff.ts";
import type { Manifest } from "./manifest.ts";
import type { Pen } from "./markdown-writer.ts";
import { listed, say } from "./safe-text.ts";

/** More would not be read, and GitHub's Mermaid draws only so much. */
const mostLanes = 12;
const mostVendors = 12;

const styles = [
  "  classDef added fill:#dafbe1,stroke:#1a7f37,color:#116329",
  "  classDef removed fill:#ffebe9,stroke:#cf222e,color:#82071e,stroke-dasharray:4 4",
];

const pairs = (vendors: readonly string[]) =>
  vendors.map((vendor, index) => [vendors[index - 1] ?? "", vendor] as const);

/** The nodes and arrows of a lane: what stays is thin, what comes is thick, what goes is dotted. */
function drawn(lane: Lane, index: number, isNew: boolean, pen: Pen): string[] {
  const before = isNew ? lane.after : lane.before.slice(0, mostVendors);
  const after = lane.after.slice(0, mostVendors);
  const vendors = [...new Set([...after, ...before])];
  const node = (vendor: string) =>
    vendor === "" ? `lane${index}` : `lane${index}v${vendors.indexOf(vendor)}`;
  const mark = (vendor: string) => {
    if (!before.includes(vendor)) return ":::added";
    return after.includes(vendor) ? "" : ":::removed";
  };
  const has = (
    list: readonly (readonly [string, string])[],
    [from, to]: readonly [string, string],
  ) => list.some((pair) => pair[0] === from && pair[1] === to);
  const [old, now] = [pairs(before), pairs(after)];
  const arrow = ([from, to]: readonly [string, string], kind: string) =>
    `  ${node(from)} ${kind} ${node(to)}`;
  return [
    `  ${node("")}([${pen.label(pen.plain(lane.title))}])`,
    ...vendors.map((vendor) => `  ${node(vendor)}[${pen.label(vendor)}]${mark(vendor)}`),
    ...now.map((pair) => arrow(pair, has(old, pair) ? "-->" : "==>")),
    ...old.filter((pair) => !has(now, pair)).map((pair) => arrow(pair, "-.->")),
  ];
}

function inWords(lane: Lane, isNew: boolean, pen: Pen): string {
  const order = say`${lane.title}: ${listed(lane.after)}`;
  return `- ${pen.words(isNew || !isChangedLane(lane) ? order : say`${order}; before ${listed(lane.before)}`)}`;
}

/**
 * The route of a channel as a Mermaid diagram and, for those who do not see it, in words.
 *
 * @returns undefined where neither side says which vendors it uses
 */
export function route(
  before: Manifest | undefined,
  after: Manifest | undefined,
  pen: Pen,
): string | undefined {
  const isNew = before === undefined;
  // What stays is no news.
  const all = lanes(before, after).filter((lane) => isNew || isChangedLane(lane));
  if (all.length === 0) return undefined;
  const shown = all.slice(0, mostLanes);
  const diagram = [
    "flowchart LR",
    ...shown.flatMap((lane, index) => drawn(lane, index, isNew, pen)),
    ...styles,
  ];
  const rest = all.length - shown.length;
  return [
    pen.fence(diagram, "mermaid"),
    "",
    ...(rest > 0
      ? [`The diagram shows the first ${shown.length} of ${all.length} routes.`, ""]
      : []),
    ...all.map((lane) => inWords(lane, isNew, pen)),
  ].join("\n");
}
