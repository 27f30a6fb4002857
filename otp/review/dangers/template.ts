import { at, isMarked, textAt } from "../resource.ts";
import { say } from "../safe-text.ts";
import type { Finding, Subject } from "./danger.ts";

/** The code in a passwordless connection's template: Liquid, or the older macro. */
const placeholder = /@@password@@|\{\{-?\s*(code|password)\b/;

/** A message without the code in it, which nobody can log in with. */
export function template({ change: { address, type, change }, kind }: Subject): Finding[] {
  if (type !== "auth0_connection" || (kind !== "create" && kind !== "update")) return [];
  const strategy = textAt(change.after, "strategy");
  if (strategy !== "email" && strategy !== "sms") return [];
  const path = ["options", 0, "template"] as const;
  const text = textAt(change.after, ...path);
  if (text === undefined || isMarked(change.after_sensitive, ...path) || placeholder.test(text))
    return [];
  if (at(change.before, ...path) === text) return [];
  return [
    {
      kind: "template",
      stopsLogins: true,
      words: say`The template of ${address} holds no code: neither ${"{{ code }}"} nor ${"@@password@@"} is in it.`,
    },
  ];
}
