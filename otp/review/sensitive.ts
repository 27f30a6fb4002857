import { isMarked } from "./resource.ts";
import type { Plan, ValueChange } from "./plan.ts";

/** Shorter values cannot be told from words. */
const shortest = 4;
/** Longer values, such as code marked as a whole, are masked but not looked for elsewhere. */
const longest = 10_000;

/** Deeper values are not shown either. */
export const deepest = 600;

function collect(value: unknown, marks: unknown, into: Set<string>, depth = 0): void {
  if (depth > deepest || !marks) return;
  if (typeof value === "string") {
    if (marks === true && value.length >= shortest && value.length <= longest) into.add(value);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const mark: unknown = marks === true ? true : (marks as Record<string, unknown>)[key];
    collect(inner, mark, into, depth + 1);
  }
}

/**
 * The values that a plan itself marks as sensitive, in clear as Terraform's JSON has them: they may
 * stand elsewhere too, where nothing marks them.
 */
export function sensitiveValues(plan: Plan): string[] {
  const found = new Set<string>();
  const changes: readonly ValueChange[] = [
    ...[...plan.resource_changes, ...plan.resource_drift].map(({ change }) => change),
    ...Object.values(plan.output_changes),
  ];
  for (const { before, after, before_sensitive, after_sensitive } of changes) {
    collect(before, before_sensitive, found);
    collect(after, after_sensitive, found);
  }
  const declared = plan.configuration?.root_module?.variables;
  for (const [name, { value }] of Object.entries(plan.variables)) {
    if (isMarked(declared, name, "sensitive")) collect(value, true, found);
  }
  return [...found];
}
