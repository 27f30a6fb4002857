import { at, isMarked, textAt } from "../resource.ts";
import { say } from "../safe-text.ts";
import type { Finding, Subject } from "./danger.ts";

/** The part of an address, or of `Name <address>`, after its last @, in small letters. */
const domainOf = (address: string) =>
  address
    .slice(address.lastIndexOf("@") + 1)
    .replace(/>\s*$/, "")
    .toLowerCase();

/** A sender at another domain: its SPF, DKIM and reputation are others. */
function mailSender({ change: { address, change } }: Subject): Finding[] {
  const key = "default_from_address";
  const [before, after] = [textAt(change.before, key), textAt(change.after, key)];
  if (isMarked(change.before_sensitive, key) || isMarked(change.after_sensitive, key)) return [];
  if (before === undefined || before === after) return [];
  if (after === undefined) {
    return at(change.after_unknown, key) === true
      ? [{ kind: "sender", words: say`The sender of ${address} is known only after apply.` }]
      : [];
  }
  if (domainOf(before) === domainOf(after))
    return [
      { kind: "sender", words: say`The sender of ${address} changes from ${before} to ${after}.` },
    ];
  return [
    {
      kind: "sender",
      words: say`The sender's domain of ${address} changes from ${domainOf(before)} to ${domainOf(after)}: without the new domain's SPF, DKIM and DMARC at every vendor, codes land in spam or are refused.`,
    },
  ];
}

/** A bundle that sends from another domain or number, whatever the provider is set to. */
function bundleSender({ change: { address }, manifests }: Subject): Finding[] {
  // What is declared on both sides is compared setting by setting.
  if (manifests.before?.declared && manifests.after?.declared) return [];
  const [before, after] = [manifests.before?.from, manifests.after?.from];
  if (before === undefined || after === undefined || domainOf(before) === domainOf(after))
    return [];
  return [
    {
      kind: "sender",
      words: say`${address} sends from ${domainOf(after)}, before from ${domainOf(before)}: it must be registered at every vendor.`,
    },
  ];
}

const readings: ReadonlyMap<string, (subject: Subject) => Finding[]> = new Map(
  Object.entries<(subject: Subject) => Finding[]>({
    auth0_email_provider: mailSender,
    auth0_action: bundleSender,
  }),
);

/** Messages that come from elsewhere from now on. */
export function sender(subject: Subject): Finding[] {
  if (!["update", "replace"].includes(subject.kind)) return [];
  return readings.get(subject.change.type)?.(subject) ?? [];
}
