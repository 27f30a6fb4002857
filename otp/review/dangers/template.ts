import { at, isMarked, textAt } from "../resource.ts";
import { listed, say } from "../safe-text.ts";
import type { Finding, Subject } from "./danger.ts";

/** The code in a passwordless connection's template: Liquid, or the older macro. */
const placeholder = /@@password@@|\{\{-?\s*(code|password)\b/;

/** An address of an image, a link or a style with the code in it. */
const carrier =
  /(?:https?:)?\/\/[^\s"'<>]*(?:@@password@@|\{\{-?\s*(?:code|password|link|url)\b)[^\s"'<>]*/gi;
const addressIn = /(?:https?:)?\/\/[\w.-]+(?::\d+)?/gi;

/** A message without the code in it, which nobody can log in with. */
export function template({ change: { address, type, change }, kind }: Subject): Finding[] {
  if (type !== "auth0_connection" || (kind !== "create" && kind !== "update")) return [];
  const strategy = textAt(change.after, "strategy");
  if (strategy !== "email" && strategy !== "sms") return [];
  const path = ["options", 0, "template"] as const;
  const text = textAt(change.after, ...path);
  if (text === undefined || isMarked(change.after_sensitive, ...path)) return [];
  if (at(change.before, ...path) === text) return [];
  const findings: Finding[] = [];
  // What a comment holds, nobody reads.
  const seen = text.replace(/<!--[^]*?(?:-->|$)|\{%-?\s*comment[^]*?endcomment\s*-?%\}/g, "");
  if (!placeholder.test(seen))
    findings.push({
      kind: "template",
      stopsLogins: true,
      words: placeholder.test(text)
        ? say`The template of ${address} holds the code in a comment alone, which nobody sees.`
        : say`The template of ${address} holds no code: neither ${"{{ code }}"} nor ${"@@password@@"} is in it.`,
    });
  // An image or a link that carries the code tells it to its host, as soon as the message is opened.
  const carriers = text.match(carrier) ?? [];
  const [first] = carriers;
  if (first !== undefined)
    findings.push({
      kind: "template",
      words: say`The template of ${address} hands the code to an address: ${first}.`,
    });
  const old = textAt(change.before, ...path) ?? "";
  const added = [...new Set(text.match(addressIn) ?? [])].filter((one) => !old.includes(one));
  if (added.length > 0)
    findings.push({
      kind: "template",
      words: say`The template of ${address} loads or links from now on: ${listed(added)}.`,
    });
  return findings;
}
