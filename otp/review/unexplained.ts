import type { Finding } from "./dangers/danger.ts";
import { isUnset } from "./empty.ts";
import type { ExpectedValues, Holds } from "./expected.ts";
import { isChange, kindOf } from "./kind.ts";
import type { Plan, ResourceChange } from "./plan.ts";
import { at, isMarked } from "./resource.ts";
import { say } from "./safe-text.ts";

const isContainer = (value: unknown): value is object =>
  typeof value === "object" && value !== null;
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const isHolds = (value: unknown): value is Holds => typeof value === "function";

interface Values {
  readonly before: unknown;
  readonly after: unknown;
  readonly unknown: unknown;
  readonly expected: unknown;
}

const innerOf = (value: unknown, key: string) => (value === true ? true : at(value, key));

/** Paths of attributes whose planned value neither stays nor is what the environment declares. */
function odd(path: string, values: Values): string[] {
  const { before, after, unknown, expected } = values;
  if (unknown === true) {
    // What Auth0 makes up, such as ids: nobody declared it, and nothing was there before.
    return expected === undefined
      ? isUnset(before)
        ? []
        : [path]
      : isHolds(expected)
        ? []
        : [path];
  }
  if (isHolds(expected)) return expected(after) ? [] : [path];
  if (expected === undefined && (same(before, after) || (isUnset(before) && isUnset(after))))
    return [];
  if (expected !== undefined && same(after, expected)) return [];
  if (![after, expected, unknown].some(isContainer)) return [path];
  const keys = new Set(
    [before, after, expected, unknown].filter(isContainer).flatMap((one) => Object.keys(one)),
  );
  return [...keys].flatMap((key) =>
    odd(path === "" ? key : `${path}.${key}`, {
      before: at(before, key),
      after: at(after, key),
      unknown: innerOf(unknown, key),
      expected: at(expected, key),
    }),
  );
}

function unexplainedIn(
  one: ResourceChange,
  declared: ReadonlyMap<string, ExpectedValues>,
): Finding[] {
  const { address, change } = one;
  const expected = declared.get(address);
  const kind = kindOf(change.actions);
  const finding = (words: Finding["words"]): Finding => ({ kind: "unexplained", words });
  if (kind === "read") return [];
  if (kind === "destroy" || kind === "forget") {
    // A resource that the environment no longer declares leaves with the setting that named it.
    return expected || one.deposed !== undefined
      ? [finding(say`${address} leaves the state although the environment declares it.`)]
      : [];
  }
  if (!expected) return [finding(say`${address}: the environment does not declare this resource.`)];
  if (kind === "none") return [];
  const paths = odd("", {
    before: change.before,
    after: change.after,
    unknown: change.after_unknown,
    expected,
  }).filter((path) => !isMarked(change.after_unknown, "id") || path !== "id");
  return paths.map((path) =>
    finding(say`${address}: ${path} does not follow from what the environment declares.`),
  );
}

/** Changes of a plan that do not follow from what its environment declares. */
export function unexplained(plan: Plan, declared: ReadonlyMap<string, ExpectedValues>): Finding[] {
  return plan.resource_changes
    .filter((change) => isChange(change))
    .flatMap((change) => unexplainedIn(change, declared));
}
