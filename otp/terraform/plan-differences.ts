import type { Canonical } from "./plan-digest.ts";

type Path = readonly string[];

/** Every leaf that two canonical forms do not have in common, by its path. */
function differing(
  reviewed: Canonical | undefined,
  fresh: Canonical | undefined,
  path: Path,
): Path[] {
  if (reviewed === fresh) return [];
  if (
    typeof reviewed !== "object" ||
    typeof fresh !== "object" ||
    reviewed === null ||
    fresh === null ||
    Array.isArray(reviewed) !== Array.isArray(fresh)
  )
    return [path];
  const [a, b] = [reviewed, fresh] as Readonly<Record<string, Canonical>>[];
  const names = new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})]);
  return [...names].flatMap((name) => differing(a?.[name], b?.[name], [...path, name]));
}

const at = (value: Canonical | undefined, path: Path): Canonical | undefined =>
  path.reduce<Canonical | undefined>(
    (found, name) =>
      typeof found === "object" && found !== null
        ? (found as Readonly<Record<string, Canonical>>)[name]
        : undefined,
    value,
  );

const kinds: Readonly<Record<string, string>> = {
  "no-op": "nothing",
  create: "create it",
  read: "read it",
  update: "change it in place",
  delete: "destroy it",
  forget: "forget it",
  "delete,create": "destroy and create it",
  "create,delete": "create and destroy it",
};

/** What a plan does with a resource, in words. */
function doing(plan: Canonical, part: string, address: string): string {
  const actions = at(plan, ["plan", part, address, "change", "actions"]);
  if (!Array.isArray(actions)) return "nothing";
  const key = actions.join(",");
  return kinds[key] ?? key;
}

/** Names of parts of a plan whose entries are looked up by address. */
const parts: Readonly<Record<string, string>> = {
  resource_changes: "",
  resource_drift: "changed outside Terraform: ",
  deferred_changes: "deferred: ",
};

/** A path as a person would write it; what begins with a digit stands for a place in a list. */
const written = (path: Path): string =>
  path
    .map((name) => (/^\d+$/.test(name) ? `[${name}]` : `.${name}`))
    .join("")
    .replace(/^\./, "");

function inWords(reviewed: Canonical, fresh: Canonical, path: Path): string {
  const [area = "", part = "", name = "", ...rest] = path;
  if (path.at(-1) === "secrets_wo_version" && !path.includes("before"))
    return `the secrets of ${area === "plan" ? name : (path.at(-2) ?? "")} are others than those it was reviewed with`;
  const label = area === "plan" ? parts[part] : undefined;
  if (label !== undefined) {
    const [before, now] = [doing(reviewed, part, name), doing(fresh, part, name)];
    if (before !== now)
      return `${label}${name}: the reviewed plan would ${before === "nothing" ? "leave it alone" : before}, now Terraform would ${now === "nothing" ? "leave it alone" : now}`;
    // `change.after.x` says the same as `x` to a reader.
    const what = written(rest).replace(/^change\.(after|before)\./, (_, when: string) =>
      when === "before" ? "before the change, " : "",
    );
    return `${label}${name}: ${what === "" ? "it" : what} is not what was reviewed`;
  }
  if (area === "stack")
    return `the synthesised stack: ${written(path.slice(1))} is not what was reviewed`;
  if (area === "assets") return `the code in ${written(path.slice(1))} is not what was reviewed`;
  if (area === "plan" && part === "terraform_version")
    return "the plan was reviewed with another version of Terraform";
  if (area === "providers") return `the provider ${part} is of another version than was reviewed`;
  if (area === "environment" || area === "domain")
    return `${area}: reviewed was ${JSON.stringify(at(reviewed, [area]))}, this is ${JSON.stringify(at(fresh, [area]))}`;
  return `${written(path.slice(area === "plan" ? 1 : 0))} is not what was reviewed`;
}

const isResource = ([area, part]: Path) => area === "plan" && parts[part ?? ""] !== undefined;

/** Parts of a plan that repeat what others say: named only if nothing else differs. */
const derived = new Set(["planned_values", "prior_state", "relevant_attributes"]);

/**
 * What a fresh plan would do differently from the one that was reviewed: one line each, without any
 * value of a resource, since values may be secret.
 *
 * @returns an empty list for plans with the same digest
 */
export function planDifferences(reviewed: Canonical, fresh: Canonical): string[] {
  const all = differing(reviewed, fresh, []);
  const telling = all.filter(([area, part]) => area !== "plan" || !derived.has(part ?? ""));
  // What happens to resources comes first: it is what a reader looks for.
  const ordered = (telling.length > 0 ? telling : all).toSorted(
    (a, b) => Number(isResource(b)) - Number(isResource(a)),
  );
  return [...new Set(ordered.map((path) => inWords(reviewed, fresh, path)))];
}
