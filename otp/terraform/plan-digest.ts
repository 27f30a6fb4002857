import { createHash } from "node:crypto";

/** All that says what a plan would do, as read from its documents. */
export interface PlanSources {
  /** Name of the environment. */
  readonly environment: string;
  /** Domain of the tenant. */
  readonly domain: string;
  /** What `terraform show -json` printed of the plan. */
  readonly plan: unknown;
  /** The synthesised stack: a plan's JSON shows neither `prevent_destroy` nor `ignore_changes`. */
  readonly stack: unknown;
  /** SHA-256 of each file that the stack reads, by path. */
  readonly assets: Readonly<Record<string, string>>;
  /** Versions of providers by address, as the lock file names them. */
  readonly providers: Readonly<Record<string, string>>;
}

/** A JSON value with sorted keys in which nothing is left that differs between equal plans. */
export type Canonical =
  string | number | boolean | null | readonly Canonical[] | { readonly [key: string]: Canonical };

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : [];
const compareKeys = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Sorts the keys of all objects; the order of lists is kept. */
function sorted(value: unknown): Canonical {
  if (Array.isArray(value)) return value.map(sorted);
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .toSorted(([a], [b]) => compareKeys(a, b))
        .map(([key, one]) => [key, sorted(one)]),
    );
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  return null;
}

const isEmpty = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === "" ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);

/** Leaves out what is null, "", [] or {}; places in a list stay. */
function withoutEmpties(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => withoutEmpties(item) ?? null);
    return items.every((item) => item === null) ? undefined : items;
  }
  if (isObject(value)) {
    const kept = Object.entries(value)
      .map(([key, one]) => [key, withoutEmpties(one)] as const)
      .filter(([, one]) => !isEmpty(one));
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  }
  return isEmpty(value) ? undefined : value;
}

/** Leaves out what is not marked: `false` and nothing say the same in `after_unknown`. */
function onlyMarked(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => onlyMarked(item) ?? false);
    return items.every((item) => item === false) ? undefined : items;
  }
  if (isObject(value)) {
    const kept = Object.entries(value)
      .map(([key, one]) => [key, onlyMarked(one)] as const)
      .filter(([, one]) => one !== undefined);
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  }
  return value === false ? undefined : value;
}

/**
 * Attributes that a tenant counts up or stamps with the time by itself. They differ between two
 * runs of which each would do the same, unless the configuration sets them.
 */
const stamped = new Set(["version_id", "created_at", "updated_at", "built_at"]);

interface Known {
  /** Addresses for which Terraform plans nothing. */
  readonly unchanged: ReadonlySet<string>;
  /** Attributes that the configuration sets, by address without an index. */
  readonly configured: ReadonlyMap<string, ReadonlySet<string>>;
}

const addressOf = (entry: unknown): string => {
  const { address } = objectOf(entry);
  return typeof address === "string" ? address : "";
};

function modulesIn(root: unknown): Json[] {
  const module = objectOf(root);
  return [module, ...listOf(module["child_modules"]).flatMap(modulesIn)];
}

function knownFrom(plan: Json): Known {
  const unchanged = listOf(plan["resource_changes"])
    .filter((entry) => {
      const { change, mode } = objectOf(entry);
      const { actions, importing } = objectOf(change);
      const isAlone = listOf(actions).length === 1 && listOf(actions)[0] === "no-op";
      return mode !== "data" && isAlone && importing === undefined;
    })
    .map(addressOf);
  const resources = modulesIn(objectOf(plan["configuration"])["root_module"]).flatMap((module) =>
    listOf(module["resources"]),
  );
  return {
    unchanged: new Set(unchanged),
    configured: new Map(
      resources.map((one) => [
        addressOf(one),
        new Set(Object.keys(objectOf(objectOf(one)["expressions"]))),
      ]),
    ),
  };
}

/** The values of a resource without its stamps, and without empties if nothing is planned for it. */
function valuesOf(address: string, values: unknown, { unchanged, configured }: Known): unknown {
  const own = configured.get(address.replace(/\[[^\]]*\]$/, ""));
  const kept = isObject(values)
    ? Object.fromEntries(
        Object.entries(values).filter(([name]) => !stamped.has(name) || own?.has(name) === true),
      )
    : values;
  return unchanged.has(address) ? withoutEmpties(kept) : kept;
}

/** One entry of `resource_changes` or `resource_drift`. */
function changeOf(entry: unknown, known: Known): unknown {
  const address = addressOf(entry);
  const { change, ...rest } = objectOf(entry);
  const { before, after, after_unknown: unknown, ...other } = objectOf(change);
  return {
    ...rest,
    change: {
      ...(known.unchanged.has(address) ? objectOf(withoutEmpties(other)) : other),
      before: valuesOf(address, before, known),
      after: valuesOf(address, after, known),
      after_unknown: onlyMarked(unknown),
    },
  };
}

/** Drift that Terraform's own output does not show: empties that changed their kind. */
function isShown(entry: unknown): boolean {
  const { change } = objectOf(entry);
  const { before, after } = objectOf(change);
  return JSON.stringify(sorted(before)) !== JSON.stringify(sorted(after));
}

/** A list without an order of its own, by address; entries of one address stand one after another. */
function byAddress(entries: readonly unknown[], nameOf = addressOf): Json {
  const named = entries
    .map((entry) => ({ name: nameOf(entry), entry, text: JSON.stringify(sorted(entry)) }))
    .toSorted((a, b) => compareKeys(a.name, b.name) || compareKeys(a.text, b.text));
  const result: Record<string, unknown> = {};
  for (const { name, entry } of named) {
    let key = name;
    for (let count = 2; Object.hasOwn(result, key); count += 1) key = `${name} (${String(count)})`;
    result[key] = entry;
  }
  return result;
}

/** A module of values (`planned_values`, `prior_state`) or of the configuration. */
function moduleOf(root: unknown, resourceOf: (entry: unknown) => unknown): unknown {
  if (!isObject(root)) return root;
  const { resources, child_modules: children, ...rest } = root;
  return {
    ...rest,
    ...(resources !== undefined && { resources: byAddress(listOf(resources).map(resourceOf)) }),
    ...(children !== undefined && {
      child_modules: byAddress(listOf(children).map((child) => moduleOf(child, resourceOf))),
    }),
  };
}

function statesOf(state: unknown, known: Known): unknown {
  if (!isObject(state)) return state;
  const { root_module: root, ...rest } = state;
  return {
    ...rest,
    root_module: moduleOf(root, (entry) => {
      const { values, sensitive_values: sensitive, ...resource } = objectOf(entry);
      return {
        ...resource,
        values: valuesOf(addressOf(entry), values, known),
        sensitive_values: onlyMarked(sensitive),
      };
    }),
  };
}

/** Everything that a plan's JSON says but for the time it was made at. */
function planOf(value: unknown): Json {
  const plan = objectOf(value);
  const known = knownFrom(plan);
  const { resource_changes: changes, resource_drift: drift, deferred_changes: deferred } = plan;
  const { planned_values: planned, prior_state: prior, configuration, ...others } = plan;
  const { checks, relevant_attributes: relevant } = plan;
  const entries = (list: unknown) => listOf(list).map((entry) => changeOf(entry, known));
  const priorState = objectOf(prior);
  const settings = objectOf(configuration);
  const unordered = (list: unknown) =>
    listOf(list)
      .map((one) => JSON.stringify(sorted(one)))
      .toSorted(compareKeys);
  return {
    ...others,
    timestamp: undefined,
    resource_changes: byAddress(entries(changes)),
    resource_drift: byAddress(entries(drift).filter(isShown)),
    deferred_changes: byAddress(
      listOf(deferred).map((entry) => ({
        ...objectOf(entry),
        resource_change: changeOf(objectOf(entry)["resource_change"], known),
      })),
      (entry) => addressOf(objectOf(entry)["resource_change"]),
    ),
    planned_values: statesOf(planned, known),
    prior_state: { ...priorState, values: statesOf(priorState["values"], known) },
    configuration: {
      ...settings,
      root_module: moduleOf(settings["root_module"], (entry) => entry),
    },
    checks: unordered(checks),
    relevant_attributes: unordered(relevant),
  };
}

/** A block without its comment, which cdktf fills with where it was declared. */
const withoutComment = (block: unknown): unknown =>
  Array.isArray(block)
    ? block.map(withoutComment)
    : isObject(block)
      ? Object.fromEntries(Object.entries(block).filter(([name]) => name !== "//"))
      : block;

const each = (blocks: unknown, change: (block: unknown) => unknown): unknown =>
  isObject(blocks)
    ? Object.fromEntries(Object.entries(blocks).map(([name, block]) => [name, change(block)]))
    : blocks;

/** How deep the blocks of a kind are named: `resource.TYPE.NAME`, `variable.NAME`. */
const depth: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  ephemeral: 2,
  variable: 1,
  output: 1,
  provider: 1,
  module: 1,
};

/** The stack without comments; `//` inside a value is a key like any other. */
function stackOf(stack: unknown): unknown {
  return Object.fromEntries(
    Object.entries(objectOf(withoutComment(stack))).map(([kind, blocks]) => {
      const deep = depth[kind] ?? 0;
      const one = (block: unknown) => withoutComment(block);
      if (deep === 2) return [kind, each(blocks, (named) => each(named, one))];
      return [kind, deep === 1 ? each(blocks, one) : withoutComment(blocks)];
    }),
  );
}

/**
 * The one form in which plans are compared. The order of keys, the time a plan was made at, and
 * what a tenant stamps by itself do not count. `null`, "", [] and {} are the same only in resources
 * for which Terraform plans nothing, since the real provider mixes them there. Everything else
 * counts, keys that this version of Terraform does not have yet among it.
 */
export function canonicalPlan(sources: PlanSources): Canonical {
  const { environment, domain, plan, stack, assets, providers } = sources;
  return sorted({
    environment,
    domain,
    providers,
    stack: stackOf(stack),
    assets,
    plan: planOf(plan),
  });
}

/** SHA-256 of a canonical form, in hexadecimal: what a review, a kept plan and a deployment name. */
export function planDigest(canonical: Canonical): string {
  return createHash("sha256")
    .update(`otp-plan 1\n${JSON.stringify(canonical)}`)
    .digest("hex");
}
