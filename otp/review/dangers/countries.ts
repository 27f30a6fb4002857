import type { Manifest } from "../manifest.ts";
import { listed, own, say } from "../safe-text.ts";
import type { Words } from "../safe-text.ts";
import type { Finding, Subject } from "./danger.ts";

type Rules = NonNullable<Manifest["countries"]>["voice"];

const only = (one: readonly string[] = [], other: readonly string[] = []) =>
  one.filter((country) => !other.includes(country));

/** What a change of rules opens and closes, in the rules' own terms. */
function changes(before: Rules = {}, after: Rules = {}): { opened: Words[]; closed: Words[] } {
  const opened: Words[] = [];
  const closed: Words[] = [];
  if (before.allow && after.allow) {
    const [come, gone] = [only(after.allow, before.allow), only(before.allow, after.allow)];
    if (come.length > 0) opened.push(listed(come));
    if (gone.length > 0) closed.push(listed(gone));
  } else if (before.allow) {
    opened.push(say`every country (before only ${listed(before.allow)})`);
  } else if (after.allow) {
    closed.push(say`every country but ${listed(after.allow)}`);
  }
  const [denied, freed] = [only(after.deny, before.deny), only(before.deny, after.deny)];
  if (freed.length > 0) opened.push(listed(freed));
  if (denied.length > 0) closed.push(listed(denied));
  return { opened, closed };
}

/** Countries that codes may go to from now on, or no more: fraud by premium numbers, or lost logins. */
export function countries({ change: { address }, kind, manifests }: Subject): Finding[] {
  const { before, after } = manifests;
  if (kind !== "update" || !before || !after) return [];
  const scopes = [
    { what: own("codes"), old: before.countries, now: after.countries },
    { what: own("calls"), old: before.countries?.voice, now: after.countries?.voice },
  ];
  return scopes.flatMap(({ what, old, now }) => {
    const { opened, closed } = changes(old, now);
    return [
      ...opened.map((where) => ({
        kind: "country" as const,
        words: say`${address}: ${what} may now go to ${where}; check what they cost there and who could pump traffic.`,
      })),
      ...closed.map((where) => ({
        kind: "country" as const,
        stopsLogins: true,
        words: say`${address}: ${what} no longer go to ${where}; people there cannot log in this way.`,
      })),
    ];
  });
}
