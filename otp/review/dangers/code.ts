import { manifestsIn, readManifest } from "../manifest.ts";
import { isUnset } from "../empty.ts";
import { maskKeys } from "../../text/keys.ts";
import { at, codeOf, isMarked, textAt } from "../resource.ts";
import { own, say } from "../safe-text.ts";
import type { Finding, Subject } from "./danger.ts";

const isOurs = (trigger: string) => /^custom-(email|phone)-provider$/.test(trigger);

/** Code that a reviewer cannot see, or that says of itself what is not so. */
export function code({ change: resource, kind, manifests }: Subject): Finding[] {
  const { address, type, change } = resource;
  if (type !== "auth0_action" || !["create", "update", "replace"].includes(kind)) return [];
  if (isMarked(change.before_sensitive, "code") || isMarked(change.after_sensitive, "code"))
    return [
      {
        kind: "code",
        words: say`The code of ${address} is marked as sensitive: nobody can review it.`,
      },
    ];
  if (isMarked(change.after_unknown, "code"))
    return [
      {
        kind: "code",
        words: say`The code of ${address} is known only after apply: nobody can review it.`,
      },
    ];
  const after = codeOf(resource, "after");
  if (after === undefined || after === codeOf(resource, "before")) return [];
  const trigger = textAt(change.after, "supported_triggers", 0, "id") ?? "";
  const { before: old, after: now } = manifests;
  const findings: Finding[] = [];
  const count = manifestsIn(after);
  if (count > 1)
    findings.push({
      kind: "manifest",
      unexplained: true,
      words: say`The code of ${address} holds ${count} manifests: the one that is read may not be of the code that runs.`,
    });
  if (!now && kind === "create" && isOurs(trigger))
    findings.push({
      kind: "manifest",
      unexplained: true,
      words: say`The code of ${address} does not say which environment it was built from.`,
    });
  if (now && isOurs(trigger) && trigger !== `custom-${now.channel}-provider`)
    findings.push({
      kind: "manifest",
      unexplained: true,
      words: say`The code of ${address} is the bundle of ${now.channel}, and its trigger is ${trigger}.`,
    });
  if (old && now && old.environment !== now.environment)
    findings.push({
      kind: "manifest",
      unexplained: true,
      words: say`The code of ${address} was built for the environment ${now.environment}; what is deployed is ${old.environment}'s.`,
    });
  return findings;
}

/** What looks like a key in code: it is masked here, and readable for all who can read the tenant. */
export function keys({ change }: Subject): Finding[] {
  return (["before", "after"] as const).flatMap((side) => {
    const text = codeOf(change, side);
    if (text === undefined || codeOf(change, "before") === codeOf(change, "after")) return [];
    const { found } = maskKeys(text, readManifest(text) !== undefined);
    const [first] = found;
    if (!first) return [];
    return [
      {
        kind: "keys",
        words: say`The ${own(side === "before" ? "present" : "planned")} code of ${change.address} holds ${found.length} ${own(found.length === 1 ? "text that looks like a key" : "texts that look like keys")} (line ${first.line}: ${own(first.what)}). They are masked here; move them to secrets, and rotate them.`,
      },
    ];
  });
}

/** A value that changes and that Terraform does not show. */
export function hidden({ change: { address, type, change }, kind }: Subject): Finding[] {
  if (kind !== "update" && kind !== "create" && kind !== "replace") return [];
  const marks = [change.before_sensitive, change.after_sensitive];
  const skipped = type === "auth0_action" ? ["code", "secrets", "secrets_wo"] : [];
  const names = new Set(
    marks.flatMap((one) => (typeof one === "object" && one ? Object.keys(one) : [])),
  );
  const whole = marks.includes(true) ? ["(everything)"] : [];
  const changed = [...names].filter((name) => {
    if (skipped.includes(name)) return false;
    if (isUnset(at(change.before, name)) && isUnset(at(change.after, name))) return false;
    if (!marks.some((one) => JSON.stringify(at(one, name) ?? false).includes("true"))) return false;
    return (
      JSON.stringify(at(change.before, name) ?? null) !==
      JSON.stringify(at(change.after, name) ?? null)
    );
  });
  return [...whole, ...changed].map((name) => ({
    kind: "hidden",
    words: say`${address}: ${name} holds sensitive values that change; they are shown nowhere.`,
  }));
}
