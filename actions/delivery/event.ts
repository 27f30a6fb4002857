type Json = Readonly<Record<string, unknown>>;

/** A member that should be an object; anything else reads as empty. */
export function object(value: unknown, name: string): Json {
  const inner = (value as Json | undefined | null)?.[name];
  return typeof inner === "object" && inner ? (inner as Json) : {};
}

/** A member that should be text; anything else, and white space alone, reads as empty. */
export function text(value: Json, name: string): string {
  const inner = value[name];
  return typeof inner === "string" && inner.trim() ? inner : "";
}
