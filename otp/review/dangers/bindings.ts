import { at, textAt, textsAt } from "../resource.ts";
import { listed, say } from "../safe-text.ts";
import type { Finding, Subject } from "./danger.ts";

function boundNames(side: unknown): string[] {
  const list = at(side, "actions");
  if (!Array.isArray(list)) return [];
  return list.flatMap((_, index) => textAt(list, index, "display_name") ?? []);
}

function binding({ change: { address, change } }: Subject): Finding[] {
  const [before, after] = [boundNames(change.before), boundNames(change.after)];
  const gone = before.filter((name) => !after.includes(name));
  const come = after.filter((name) => !before.includes(name));
  if (gone.length === 0 || at(change.after_unknown, "actions") === true) return [];
  return [
    {
      kind: "disable",
      stopsLogins: come.length === 0,
      words:
        come.length === 0
          ? say`The binding ${address} lets go of ${listed(gone)}: no Action sends codes for its trigger.`
          : say`The binding ${address} binds ${listed(come)} instead of ${listed(gone)}.`,
    },
  ];
}

function clients({ change: { address, change } }: Subject): Finding[] {
  if (at(change.after_unknown, "enabled_clients") === true) return [];
  const after = textsAt(change.after, "enabled_clients");
  const gone = textsAt(change.before, "enabled_clients").filter((id) => !after.includes(id));
  if (gone.length === 0) return [];
  return [
    {
      kind: "clients",
      stopsLogins: true,
      words: say`${address}: these applications can no longer log people in through the connection: ${listed(gone)}.`,
    },
  ];
}

/** What changed bindings and a connection's applications mean. */
export function bindings(subject: Subject): Finding[] {
  if (subject.kind !== "update") return [];
  if (subject.change.type === "auth0_trigger_actions") return binding(subject);
  return subject.change.type === "auth0_connection_clients" ? clients(subject) : [];
}
