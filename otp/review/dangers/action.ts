import { at, codeOf, isMarked, textAt } from "../resource.ts";
import { say } from "../safe-text.ts";
import type { Finding, Subject } from "./danger.ts";

/** The most that Auth0 takes for the code of one Action, in bytes. */
export const sizeLimit = 100_000;

function size({ change }: Subject): Finding[] {
  const bytes = Buffer.byteLength(codeOf(change, "after") ?? "");
  if (bytes <= sizeLimit) return [];
  return [
    {
      kind: "size",
      words: say`${change.address} weighs ${bytes} bytes; Auth0 takes ${sizeLimit}, and the apply would fail.`,
    },
  ];
}

function runtime({ change: { address, change }, kind }: Subject): Finding[] {
  const [before, after] = [textAt(change.before, "runtime"), textAt(change.after, "runtime")];
  if (kind !== "update" || before === undefined || after === undefined || before === after)
    return [];
  return [{ kind: "runtime", words: say`${address} moves from ${before} to ${after}.` }];
}

/** Code that someone wrote in the tenant and that this plan overwrites, or the other way round. */
function handmade({ change, kind, manifests }: Subject): Finding[] {
  const [before, after] = [codeOf(change, "before"), codeOf(change, "after")];
  if (kind !== "update" || before === undefined || after === undefined || before === after)
    return [];
  if (!manifests.before && manifests.after)
    return [
      {
        kind: "handmade",
        words: say`${change.address} overwrites code that this project did not make: which vendors, secrets and countries it used cannot be compared.`,
      },
    ];
  if (manifests.before && !manifests.after)
    return [
      {
        kind: "handmade",
        words: say`${change.address} gets code that does not say which vendors, secrets and countries it uses: they cannot be compared.`,
      },
    ];
  return [];
}

/** An Action that is changed but not deployed goes on running its old version. */
function undeployed({ change: { address, change }, kind }: Subject): Finding[] {
  const isDeployed = at(change.after, "deploy") === true;
  if (
    isDeployed ||
    kind === "destroy" ||
    kind === "forget" ||
    isMarked(change.after_unknown, "deploy")
  )
    return [];
  return [
    {
      kind: "disable",
      stopsLogins: kind === "create",
      words: say`${address} is not deployed: the tenant goes on without this code.`,
    },
  ];
}

/** What the changed code and runtime of an Action mean. */
export function action(subject: Subject): Finding[] {
  if (
    subject.change.type !== "auth0_action" ||
    !["create", "update", "replace"].includes(subject.kind)
  )
    return [];
  return [...size(subject), ...runtime(subject), ...handmade(subject), ...undeployed(subject)];
}
