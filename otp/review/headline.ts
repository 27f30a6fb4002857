import { secretChanges } from "./dangers/index.ts";
import type { DangerKind } from "./dangers/index.ts";
import type { ReviewedEnvironment, ReviewedResource } from "./environment.ts";
import type { Kind } from "./kind.ts";
import { counted, nounOf, nounOrder } from "./resource.ts";

/** What is said of resources of one kind: of one, and of several. */
const verbs: readonly (readonly [Kind, string, string])[] = [
  ["destroy", "is destroyed", "are destroyed"],
  ["replace", "is replaced", "are replaced"],
  ["forget", "is removed from the state", "are removed from the state"],
  ["create", "is created", "are created"],
  ["update", "changes in place", "change in place"],
  ["unknown", "is handled in an unknown way", "are handled in an unknown way"],
];

function inWords(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${last}` : last;
}

/** `2 Actions and 1 binding are created`; nothing where there are none. */
function phrase(resources: readonly ReviewedResource[], one: string, many: string): string[] {
  if (resources.length === 0) return [];
  const byNoun = new Map<string, ReviewedResource[]>();
  for (const resource of resources) {
    const noun = nounOf(resource.subject.change.type).one;
    byNoun.set(noun, [...(byNoun.get(noun) ?? []), resource]);
  }
  const rank = (noun: string) => nounOrder.indexOf(noun);
  const sorted = [...byNoun].sort(([a], [b]) => rank(a) - rank(b));
  const counts = sorted.flatMap(([, group]) => {
    const [first] = group;
    return first ? [counted(group.length, nounOf(first.subject.change.type))] : [];
  });
  return [`${inWords(counts)} ${resources.length === 1 ? one : many}`];
}

const secretNoun = { one: "secret", many: "secrets" };

function secretPhrases(resources: readonly ReviewedResource[]): string[] {
  const all = resources.flatMap(({ subject }) => secretChanges(subject) ?? []);
  // A secret that both channels use is one secret.
  const sum = (pick: (one: (typeof all)[number]) => readonly string[]) =>
    new Set(all.flatMap(pick)).size;
  const [added, removed, rotated] = [
    sum((one) => one.added),
    sum((one) => one.removed),
    sum((one) => one.rotated),
  ];
  const said = (count: number, one: string, many: string) =>
    count === 0 ? [] : [`${counted(count, secretNoun)} ${count === 1 ? one : many}`];
  // Of several secrets a plan says only that at least one has another value.
  const rotations = all.filter((one) => one.rotated.length > 0 || one.unnamed).length;
  const rotation =
    rotations === 0
      ? []
      : rotated === 1
        ? ["1 secret rotates"]
        : [`secrets of ${counted(rotations, nounOf("auth0_action"))} rotate`];
  return [
    ...said(added, "is added", "are added"),
    ...said(removed, "is removed", "are removed"),
    ...rotation,
  ];
}

/** Dangers with which a plan can do more than its changes of resources say. */
const uncertain: ReadonlySet<DangerKind> = new Set([
  "unknown",
  "incomplete",
  "deferred",
  "invocation",
  "provisioner",
  "data",
]);

/** One line that says it all, without a value of the plan in it. */
export function headline({ resources, drift, outputs, findings }: ReviewedEnvironment): string {
  const of = (kind: Kind) => resources.filter(({ subject }) => subject.kind === kind);
  const parts = [
    ...verbs.flatMap(([kind, one, many]) => phrase(of(kind), one, many)),
    ...phrase(
      resources.filter(({ subject }) => subject.change.change.importing),
      "is imported",
      "are imported",
    ),
    ...phrase(
      resources.filter(({ subject }) => subject.change.previous_address !== undefined),
      "moves in the state",
      "move in the state",
    ),
    ...secretPhrases(resources),
    ...(outputs.length === 0
      ? []
      : [counted(outputs.length, { one: "output changes", many: "outputs change" })]),
  ];
  const isCertain = !findings.some(({ kind }) => uncertain.has(kind));
  const isLosing = ["destroy", "replace", "forget"].some((kind) => of(kind as Kind).length > 0);
  const changes =
    parts.length === 0
      ? [isCertain ? "no changes" : "no changes of resources"]
      : isLosing || !isCertain
        ? parts
        : [...parts, "nothing is destroyed"];
  const outside = phrase(drift, "was changed outside Terraform", "were changed outside Terraform");
  const other = findings.filter(({ kind }) => kind === "check").length;
  const checks =
    other === 0 ? [] : [counted(other, { one: "check does not pass", many: "checks do not pass" })];
  return [...changes, ...outside, ...checks].join(", ");
}
