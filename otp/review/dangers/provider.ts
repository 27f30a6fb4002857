import { at, textAt, textsAt } from "../resource.ts";
import { listed, own, say } from "../safe-text.ts";
import type { Finding, Subject } from "./danger.ts";

const codesBy: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    auth0_email_provider: "codes by e-mail",
    auth0_phone_provider: "codes by phone",
  }),
);

/** A provider that no longer sends. The two resources say it in opposite ways. */
function switchedOff({ change: { address, type, change }, kind }: Subject): Finding[] {
  const isOff = (side: unknown) => at(side, "enabled") === false || at(side, "disabled") === true;
  if (!isOff(change.after) || (isOff(change.before) && kind !== "create")) return [];
  const codes = own(codesBy.get(type) ?? "codes");
  return [
    {
      kind: "disable",
      stopsLogins: true,
      words: say`The provider ${address} is switched off: ${codes} are not sent and people who wait for one cannot log in.`,
    },
  ];
}

/** A provider other than the Action, or the Action instead of another. */
function renamed({ change: { address, type, change } }: Subject): Finding[] {
  const [before, after] = [textAt(change.before, "name"), textAt(change.after, "name")];
  if (before === undefined || after === undefined || before === after) return [];
  const codes = own(codesBy.get(type) ?? "codes");
  const effect =
    after === "custom" ? say`the Action takes over ${codes}` : say`${codes} bypass the Action`;
  return [
    {
      kind: "provider",
      stopsLogins: after !== "custom",
      words: say`The provider ${address} changes from ${before} to ${after}: ${effect}.`,
    },
  ];
}

function methods({ change: { address, change } }: Subject): Finding[] {
  const path = ["configuration", 0, "delivery_methods"] as const;
  if (at(change.after_unknown, ...path) === true) return [];
  const [before, after] = [textsAt(change.before, ...path), textsAt(change.after, ...path)];
  const gone = before.filter((method) => !after.includes(method));
  if (gone.length === 0 || after.length === 0) return [];
  return [
    {
      kind: "method",
      stopsLogins: true,
      words: say`The provider ${address} no longer offers ${listed(gone)}: people who chose it get no code.`,
    },
  ];
}

/** Terraform cannot know what it overwrites: the provider's creation is a PATCH where there is one. */
function overwritten({ change: { address, change }, kind }: Subject): Finding[] {
  if (kind !== "create" || change.importing) return [];
  return [
    {
      kind: "overwrite",
      words: say`The provider ${address} is created: where the tenant has one already, it is overwritten. Adopt it first if it should be kept.`,
    },
  ];
}

/** What a changed e-mail or phone provider means for those who wait for a code. */
export function provider(subject: Subject): Finding[] {
  const { change, kind } = subject;
  if (!codesBy.has(change.type) || !["create", "update", "replace"].includes(kind)) return [];
  return [
    ...switchedOff(subject),
    ...renamed(subject),
    ...methods(subject),
    ...overwritten(subject),
  ];
}
