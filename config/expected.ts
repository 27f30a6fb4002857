import { z } from "zod";

// Schemas whose error completes "expected …", the same for a wrong type and a wrong value.

export const text = (expected: string, pattern = /[^]/): z.ZodString =>
  z.string(expected).regex(pattern, expected);

export const whole = (min: number, max: number, unit: string): z.ZodNumber => {
  const expected = `${unit} from ${String(min)} to ${String(max)}`;
  return z.number(expected).int(expected).min(min, expected).max(max, expected);
};

export const flag = (): z.ZodBoolean => z.boolean("true or false");

export const choice = <const T extends readonly string[]>(
  of: T,
): z.ZodEnum<z.core.util.ToEnum<T[number]>> => z.enum(of, `one of ${of.join(", ")}`);

export const list = <T extends z.ZodType>(item: T, expected: string): z.ZodArray<T> =>
  z.array(item, expected).min(1, expected);

/** What is shown of a wrong value: enough to find it, never a long text. */
function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "object" && value !== null)
    return Array.isArray(value) ? "a list" : "an object";
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 59)}…` : json;
}

const dotted = (path: readonly PropertyKey[]) =>
  path
    .map((key) => (typeof key === "number" ? `[${String(key)}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");

/**
 * The problems of a value, a line each: path, what was expected, what was got.
 *
 * @param isSecret - paths whose value is not shown, since a secret may stand there by mistake
 */
export function problems(
  error: z.ZodError,
  value: unknown,
  isSecret: (path: readonly PropertyKey[]) => boolean,
): string[] {
  const at = (path: readonly PropertyKey[]) =>
    path.reduce<unknown>(
      (inner, key) =>
        typeof inner === "object" && inner !== null
          ? (inner as Record<PropertyKey, unknown>)[key]
          : undefined,
      value,
    );
  return error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => `${dotted([...issue.path, key])}: expected no such field`);
    const expected = issue.message
      .replace(/^Invalid input: expected (\w+).*$/, "$1")
      .replace(/^object$/, "an object")
      .replace(/^Invalid discriminator value. Expected /, "one of ");
    const got = at(issue.path);
    const safe =
      isSecret(issue.path) && got !== undefined ? `a ${typeof got} (not shown)` : shown(got);
    return [`${dotted(issue.path) || "the environment"}: expected ${expected}, got: ${safe}`];
  });
}
