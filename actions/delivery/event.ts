type Json = Readonly<Record<string, unknown>>;

/** A member that should be an object; anything else reads as empty. */
export function object(value: unknown, name: string): Json {
  const inner = (value as Json | undefined | null)?.[name];
  return typeof inner === "object" && inner ? (inner as Json) : {};
}

/** Auth0's message type; it goes to logs and vendors, so nothing but a plain name passes. */
export function messageType(notification: Json): string {
  return /^[a-z_]{1,32}$/.exec(text(notification, "message_type"))?.[0] ?? "unknown";
}

/**
 * The language as a BCP 47 tag. Auth0 may write it with underscores, or hand on a browser's list
 * (`es-AR,es;q=0.8`), whose first entry counts; what is no tag is left out.
 */
export function locale(notification: Json): string | undefined {
  const first = /^[^,;]*/.exec(text(notification, "locale"))?.[0] ?? "";
  const tag = first.trim().replaceAll("_", "-");
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? tag : undefined;
}

/** A member that should be text; anything else, and white space alone, reads as empty. */
export function text(value: Json, name: string): string {
  const inner = value[name];
  return typeof inner === "string" && inner.trim() ? inner : "";
}
