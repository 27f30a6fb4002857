import { asText, unknown } from "../protocol/value.ts";
import type { Json, ObjectValue, Value } from "../protocol/value.ts";

/** The values that are given: a request names neither what is null nor what is unknown. */
export function given(values: Readonly<Record<string, Value | undefined>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, Json] =>
        entry[1] !== undefined && entry[1] !== null && entry[1] !== unknown,
    ),
  );
}

/**
 * The id of a resource's state, or of the tenant's answer to its creation.
 *
 * @throws Error when there is none
 */
export function idOf(value: ObjectValue, name = "id"): string {
  const id = asText(value[name]);
  if (id !== undefined && id !== "") return id;
  throw new Error(`expected ${name} to be set, got none`);
}

/** A nested value as it is, with a null for what the tenant does not say. */
export function orNull(value: Value | undefined): Value {
  return value ?? null;
}
