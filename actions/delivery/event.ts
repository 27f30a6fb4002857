type Json = Readonly<Record<string, unknown>>;

/** A member of something that should be an object; anything else reads as empty. */
export function object(value: unknown, name: string): Json {
  const inner = typeof value === "object" && value !== null ? (value as Json)[name] : undefined;
  return typeof inner === "object" && inner !== null ? (inner as Json) : {};
}

/** A member that should be text; anything else, and white space alone, reads as empty. */
export function text(value: Json, name: string): string {
  const inner = value[name];
  return typeof inner === "string" && inner.trim() ? inner : "";
}

/** The secrets of an event; anything that is not text is no secret. */
export function secretsOf(event: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(object(event, "secrets")).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}
