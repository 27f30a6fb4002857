import { reasonOf, replacementOrder } from "../kind.ts";
import { nounOf } from "../resource.ts";
import { joined, own, say } from "../safe-text.ts";
import type { Words } from "../safe-text.ts";
import type { Finding, Subject } from "./danger.ts";

interface Loss {
  readonly destroy: string;
  readonly replace: string;
}

/** What is lost, by the type of the resource; sources: Auth0's API (403 and 409) and its reports. */
const losses: ReadonlyMap<string, Loss> = new Map(
  Object.entries<Loss>({
    auth0_action: {
      destroy:
        "without it Auth0 has nothing to send codes with; while it is bound, Auth0 refuses (409) and the apply breaks in the middle",
      replace:
        "it cannot work: a second Action for the trigger is refused (403), and a bound one cannot be deleted first (409); change it in place",
    },
    auth0_trigger_actions: {
      destroy: "the trigger is left without an Action and no code is sent",
      replace: "between the two the trigger has no Action and no code is sent",
    },
    auth0_trigger_action: {
      destroy: "the trigger loses its Action and no code is sent",
      replace: "between the two the trigger has no Action and no code is sent",
    },
    auth0_email_provider: {
      destroy:
        "the tenant has no e-mail provider and people who wait for a code by e-mail cannot log in",
      replace: "between the two the tenant has no e-mail provider and codes by e-mail are lost",
    },
    auth0_phone_provider: {
      destroy:
        "the tenant has no phone provider and people who wait for a code by phone cannot log in",
      replace: "between the two the tenant has no phone provider and codes by phone are lost",
    },
    auth0_connection: {
      destroy: "people who log in through it cannot, and its users are deleted with it",
      replace: "its users are deleted with the old one",
    },
    auth0_connection_clients: {
      destroy: "no application can log people in through the connection",
      replace: "between the two no application can log people in through the connection",
    },
  }),
);

/** Terraform's reasons, in parentheses. */
function because({ change }: Subject): Words {
  const reason = change.action_reason === undefined ? undefined : reasonOf(change.action_reason);
  const paths = change.change.replace_paths?.map((path) => path.join(".")) ?? [];
  const all = [
    ...(reason === undefined ? [] : [reason]),
    ...paths.map((path) => say`${path} changes`),
  ];
  return all.length === 0 ? own("") : say` (${joined(all, ", ")})`;
}

/** What is destroyed, replaced, or left behind in the tenant without anyone looking after it. */
export function lost(subject: Subject): Finding[] {
  const { change, kind } = subject;
  const noun = own(nounOf(change.type).one);
  const loss = losses.get(change.type);
  const why = because(subject);
  const { address } = change;
  // A deposed object is the rest of an earlier replacement; its successor delivers the codes.
  if (change.deposed !== undefined && kind === "destroy")
    return [
      {
        kind: "destroy",
        words: say`The rest of an earlier replacement of ${address} (deposed ${change.deposed}) is destroyed.`,
      },
    ];
  if (kind === "destroy")
    return [
      {
        kind,
        stopsLogins: loss !== undefined,
        words: say`The ${noun} ${address} is destroyed${why}: ${own(loss?.destroy ?? "what it holds is lost")}.`,
      },
    ];
  if (kind === "replace")
    return [
      {
        kind,
        stopsLogins: loss !== undefined,
        words: say`The ${noun} ${address} is ${own(replacementOrder(change.change.actions))}${why}: ${own(loss?.replace ?? "what it holds is lost")}.`,
      },
    ];
  if (kind === "forget")
    return [
      {
        kind,
        words: say`The ${noun} ${address} is removed from the state and stays in the tenant, where nothing looks after it any more.`,
      },
    ];
  if (kind === "unknown")
    return [
      {
        kind,
        stopsLogins: true,
        words: say`The plan does something to ${address} that this version does not know: ${change.change.actions.join(", ")}.`,
      },
    ];
  return [];
}
