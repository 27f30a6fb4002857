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
  if (at(change.after_unknown, "actions") === true)
    return [
      {
        kind: "binding",
        words: say`${address}: which Actions are bound is known only after apply.`,
      },
    ];
  if (gone.length === 0) {
    const ids = (side: unknown) =>
      boundNames(side).map((name, index) => textAt(at(side, "actions"), index, "id") ?? name);
    const [old, now] = [ids(change.before), ids(change.after)];
    if (come.length > 0)
      return [
        {
          kind: "binding",
          words: say`The binding ${address} binds ${listed(come)} in addition: it sees every code too.`,
        },
      ];
    return old.join("\n") === now.join("\n") || before.length === 0
      ? []
      : [
          {
            kind: "binding",
            words: say`The binding ${address} binds the Actions with the ids ${listed(now)} instead of ${listed(old)}.`,
          },
        ];
  }
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
  const before = textsAt(change.before, "enabled_clients");
  const gone = before.filter((id) => !after.includes(id));
  const come = after.filter((id) => !before.includes(id));
  const gained: Finding[] =
    come.length === 0
      ? []
      : [
          {
            kind: "clients",
            words: say`${address}: these applications can log people in through the connection from now on: ${listed(come)}.`,
          },
        ];
  if (gone.length === 0) return gained;
  return [
    ...gained,
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
