import { z } from "zod";
import { didYouMean, nearest } from "./nearest.ts";

// Schemas whose error completes "expected …", the same for a wrong type and a wrong value. The text
// is kept as metadata too, for the documentation.

export const text = (expected: string, pattern = /[^]/): z.ZodString =>
  z.string(expected).regex(pattern, expected).meta({ expected });

export const whole = (min: number, max: number, unit: string): z.ZodNumber => {
  const expected = `${unit} from ${String(min)} to ${String(max)}`;
  return z.number(expected).int(expected).min(min, expected).max(max, expected).meta({ expected });
};

export const flag = (): z.ZodBoolean =>
  z.boolean("true or false").meta({ expected: "true or false" });

export const choice = <const T extends readonly string[]>(
  of: T,
): z.ZodEnum<z.core.util.ToEnum<T[number]>> => {
  const expected = `one of ${of.join(", ")}`;
  return z.enum(of, expected).meta({ expected });
};

export const list = <T extends z.ZodType>(
  item: T,
  expected: string,
): z.ZodReadonly<z.ZodArray<T>> =>
  z.array(item, expected).min(1, expected).readonly().meta({ expected });

/**
 * A text out of a set that is known but too long, or too open, to be listed.
 *
 * @param isKnown - whether a value is one
 * @param meant - the value that was probably meant by another
 */
export const known = (
  expected: string,
  isKnown: (value: string) => boolean,
  meant: (value: string) => string | undefined,
): z.ZodString =>
  z
    .string(expected)
    .superRefine((value, context) => {
      if (!isKnown(value))
        context.addIssue({ code: "custom", message: expected, params: { meant: meant(value) } });
    })
    .meta({ expected });

/** An object with these fields and no others; a field that it does not know gets a likely name. */
export const fields = <T extends z.core.$ZodLooseShape>(
  shape: T,
  expected = "an object",
): z.ZodObject<T, z.core.$strict> => {
  const names = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? // One line for each of the keys, in their order.
          issue.keys.map((key) => `no such field${didYouMean(nearest(key, names))}`).join("\n")
        : expected,
  });
};

/** What is shown of a wrong value: enough to find it, never a long text or a URL's password. */
function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return String(value);
  if (typeof value === "object" && value !== null)
    return Array.isArray(value) ? "a list" : "an object";
  const json = typeof value === "symbol" ? "a symbol" : JSON.stringify(value);
  const safe = json.replace(/\/\/[^/\s]*@/g, "//…@");
  return safe.length > 60 ? `${safe.slice(0, 59)}…` : safe;
}

const dotted = (path: readonly PropertyKey[]) =>
  path
    .map((key) => (typeof key === "number" ? `[${String(key)}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );

/** The value that was probably meant, where the set of values is known. */
function meantBy(issue: z.core.$ZodIssue, got: unknown): string | undefined {
  if (issue.code === "custom") {
    const meant: unknown = issue.params?.["meant"];
    return typeof meant === "string" ? meant : undefined;
  }
  if (typeof got !== "string") return undefined;
  if (issue.code === "invalid_value") return nearest(got, issue.values.map(String));
  if (issue.code === "invalid_union" && "options" in issue)
    return nearest(got, (issue.options ?? []).map(String));
  return undefined;
}

/**
 * The problems of a value, a line each: path, what was expected, what was got and, if it can be told,
 * what was probably meant.
 *
 * @param isSecret - paths whose value is not shown, since a secret may stand there by mistake
 */
export function problems(
  error: z.ZodError,
  value: unknown,
  isSecret: (path: readonly PropertyKey[]) => boolean,
): string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      const messages = issue.message.split("\n");
      return issue.keys.map(
        (key, index) => `${dotted([...issue.path, key])}: expected ${messages[index] ?? ""}`,
      );
    }
    // A key of a record is wrong itself; everything else is what stands at the path.
    const isKey = issue.code === "custom" && issue.params?.["key"] === true;
    const got = isKey ? issue.path.at(-1) : valueAt(value, issue.path);
    const safe =
      isSecret(issue.path) && got !== undefined ? `a ${typeof got} (not shown)` : shown(got);
    const place = dotted(isKey ? issue.path.slice(0, -1) : issue.path) || "the environment";
    return [`${place}: expected ${issue.message}, got: ${safe}${didYouMean(meantBy(issue, got))}`];
  });
}
