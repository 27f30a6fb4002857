import type { ResourceChange } from "./plan.ts";

/** What a person calls the resources that deliver codes. */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

const nouns: ReadonlyMap<string, Noun> = new Map(
  Object.entries<Noun>({
    auth0_action: { one: "Action", many: "Actions" },
    auth0_trigger_actions: { one: "binding", many: "bindings" },
    auth0_trigger_action: { one: "binding", many: "bindings" },
    auth0_email_provider: { one: "e-mail provider", many: "e-mail providers" },
    auth0_phone_provider: { one: "phone provider", many: "phone providers" },
    auth0_connection: { one: "connection", many: "connections" },
    auth0_connection_clients: {
      one: "connection's applications",
      many: "connections' applications",
    },
  }),
);

/** Nouns in the order in which codes flow; all other resources come last. */
export const nounOrder: readonly string[] = [
  ...new Set([...nouns.values()].map(({ one }) => one)),
  "resource",
];

/** What a resource is called, by its type. */
export function nounOf(type: string): Noun {
  return nouns.get(type) ?? { one: "resource", many: "resources" };
}

/** `1 Action`, `2 Actions`. */
export function counted(count: number, { one, many }: Noun): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A value's property, or undefined where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
}

/** A property that is a text, or undefined. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** The texts in a property that is a list. */
export function textsAt(value: unknown, ...path: readonly (string | number)[]): string[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter((item) => typeof item === "string") : [];
}

/** Whether a mark of Terraform's, such as `before_sensitive`, covers a property. */
export function isMarked(marks: unknown, ...path: readonly (string | number)[]): boolean {
  return [...path.keys(), path.length].some(
    (length) => at(marks, ...path.slice(0, length)) === true,
  );
}

/** The code of an Action before or after, where it is known and may be shown. */
export function codeOf(
  { type, change }: ResourceChange,
  side: "before" | "after",
): string | undefined {
  if (type !== "auth0_action" || isMarked(change[`${side}_sensitive`], "code")) return undefined;
  return textAt(change[side], "code");
}
