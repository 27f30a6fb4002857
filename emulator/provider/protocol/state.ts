import type { Block } from "./schema.ts";
import { asBlocks, asObject, unknown } from "./value.ts";
import type { ObjectValue, Value } from "./value.ts";

/**
 * An object with exactly the schema's names, as Terraform stores it: what is missing, unknown or
 * write-only is null, a missing list or set of blocks is empty, other names are dropped.
 */
export function toState(block: Block, value: ObjectValue): ObjectValue {
  const state: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const given = value[name] ?? null;
    state[name] = attribute.writeOnly === true || given === unknown ? null : given;
  }
  for (const [name, nested] of Object.entries(block.blocks ?? {})) {
    const given = value[name];
    if (nested.nesting === "single") {
      const object = asObject(given);
      state[name] = object && toState(nested.block, object);
    } else {
      state[name] = asBlocks(given).map((element) => toState(nested.block, element));
    }
  }
  return state;
}

/** The sensitive texts in a configuration, so that no message repeats one. */
export function sensitiveTexts(block: Block, value: ObjectValue): readonly string[] {
  const own = Object.entries(block.attributes).flatMap(([name, attribute]) => {
    const text = value[name];
    return attribute.sensitive === true && typeof text === "string" && text !== "" ? [text] : [];
  });
  const nested = Object.entries(block.blocks ?? {}).flatMap(([name, { nesting, block: inner }]) => {
    const elements = nesting === "single" ? [value[name] ?? null] : asBlocks(value[name]);
    return elements.flatMap((element) => sensitiveTexts(inner, asObject(element) ?? {}));
  });
  return [...own, ...nested];
}
