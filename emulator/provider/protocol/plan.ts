import { isDeepStrictEqual } from "node:util";
import type { Attribute, Block, NestedBlock } from "./schema.ts";
import { asBlocks, asObject, unknown } from "./value.ts";
import type { ObjectValue, Value } from "./value.ts";

/** What an apply would make of a resource. */
export interface Plan {
  readonly planned: ObjectValue;
  /** Attributes whose change replaces the resource. */
  readonly replaces: readonly string[];
}

/**
 * Plans as Terraform's SDK does, which Auth0's provider is built on: defaults are filled in, what
 * only the tenant can say is unknown on create and kept on update, write-only values are left out.
 *
 * @param prior - the resource as it is, or null when it is to be created
 * @param proposed - Terraform's merge of prior state and configuration
 */
export function plan(
  block: Block,
  prior: ObjectValue | null,
  proposed: ObjectValue,
  config: ObjectValue,
): Plan {
  const planned = planBlock(block, prior, proposed, config);
  const replaces = Object.entries(block.attributes)
    .filter(([, attribute]) => attribute.replaces === true)
    .map(([name]) => name)
    .filter((name) => prior !== null && !isDeepStrictEqual(prior[name], planned[name]));
  return { planned, replaces };
}

function planBlock(
  block: Block,
  prior: ObjectValue | null,
  proposed: ObjectValue,
  config: ObjectValue,
): ObjectValue {
  const planned: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const before = prior && (prior[name] ?? null);
    planned[name] = planAttribute(attribute, before, config[name] ?? null, prior !== null);
  }
  for (const [name, nested] of Object.entries(block.blocks ?? {})) {
    planned[name] = planNested(
      nested,
      prior?.[name] ?? null,
      proposed[name] ?? null,
      config[name] ?? null,
    );
  }
  return planned;
}

function planAttribute(
  attribute: Attribute,
  before: Value,
  configured: Value,
  exists: boolean,
): Value {
  if (attribute.writeOnly === true) return null;
  if (configured !== null) return configured;
  if (attribute.computed === true) return exists ? before : unknown;
  if (attribute.default !== undefined) return attribute.default;
  // The SDK does not tell "not set" from a type's zero value, which tenants like to answer.
  return isZero(before) ? before : null;
}

function planNested(nested: NestedBlock, before: Value, proposed: Value, configured: Value): Value {
  if (configured === unknown || nested.nesting === "single") return proposed;
  const blocks = asBlocks(configured);
  if (blocks.length === 0 && nested.computed === true) return before ?? [];
  const existing = nested.nesting === "list" ? asBlocks(before) : [];
  const merged = nested.nesting === "list" ? asBlocks(proposed) : [];
  return blocks.map((element, index) =>
    planBlock(nested.block, existing[index] ?? null, merged[index] ?? element, element),
  );
}

function isZero(value: Value): boolean {
  if (value === false || value === 0 || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  const object = asObject(value);
  return object !== null && Object.keys(object).length === 0;
}
