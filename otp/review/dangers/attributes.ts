import { attributes } from "../attributes.ts";
import { isUnsetText } from "../empty.ts";
import { say } from "../safe-text.ts";
import type { DangerKind, Finding, Subject } from "./danger.ts";

/** A danger by the path of the attribute that changes; undefined for what other readings say. */
type Reading = readonly [pattern: RegExp, kind: DangerKind | undefined];

// Auth0 makes these up; nobody decides anything by them.
const madeUp: Reading = [/^(id|version_id|updated_at|created_at|tenant_id)$/, undefined];
const everythingElse: Reading = [/^/, "setting"];

const readings: ReadonlyMap<string, readonly Reading[]> = new Map(
  Object.entries<readonly Reading[]>({
    auth0_action: [
      madeUp,
      [/^(code|runtime|deploy|secrets|secrets_wo|secrets_wo_version)(\[|\.|$)/, undefined],
      [/^(dependencies|modules)(\[|\.|$)/, "dependencies"],
      [/^supported_triggers(\[|\.|$)/, "binding"],
      everythingElse,
    ],
    auth0_trigger_actions: [
      madeUp,
      [/^actions(\[|\.|$)/, undefined],
      [/^trigger$/, "binding"],
      everythingElse,
    ],
    auth0_trigger_action: [madeUp, [/^/, "binding"]],
    auth0_email_provider: [
      madeUp,
      [/^(name|enabled)$/, undefined],
      [/^default_from_address$/, undefined],
      [/^/, "provider"],
    ],
    auth0_phone_provider: [
      madeUp,
      [/^(name|disabled|configuration\[0\]\.delivery_methods.*)$/, undefined],
      [/^configuration\[0\]\.default_from$/, "sender"],
      [/^/, "provider"],
    ],
    auth0_connection_clients: [madeUp, [/^enabled_clients(\[|$)/, undefined], [/^/, "binding"]],
    auth0_connection: [
      madeUp,
      [/^options\[0\]\.totp(\[|$)/, "lifetime"],
      [/^options\[0\]\.brute_force_protection$/, "brute-force"],
      [/^options\[0\]\.disable_signup$/, "signup"],
      [/^options\[0\]\.from$/, "sender"],
      [/^options\[0\]\.(template|subject|syntax)$/, "template"],
      [/^/, "connection"],
    ],
  }),
);

/** What a new connection of this project has; anything else that is set decides where codes go. */
const usual =
  /^(name|strategy|display_name|enabled_clients|options\[0\]\.(name|from|subject|syntax|template|brute_force_protection|disable_signup|totp(\[0\]\.(time_step|length))?))$/;

/** Values of a new connection that are dangers even though the attributes are usual. */
const unsafe: readonly (readonly [RegExp, DangerKind, (value: string) => boolean])[] = [
  [/^options\[0\]\.brute_force_protection$/, "brute-force", (value) => value === "false"],
  [/totp(\[0\])?\.length$/, "lifetime", (value) => Number(value) < 6],
  [/totp(\[0\])?\.time_step$/, "lifetime", (value) => Number(value) > 900],
];

const unknown = "(known after apply)";

function created(subject: Subject): Finding[] {
  const { address, type, change } = subject.change;
  if (type === "auth0_action")
    return attributes(change)
      .filter(
        ({ path, after }) =>
          /^(dependencies|modules)/.test(path) && after !== unknown && !isUnsetText(after),
      )
      .map(({ path, after }) => ({
        kind: "dependencies",
        words: say`${address} is created with ${path} = ${after ?? "nothing"}: code from elsewhere runs with every code that is sent.`,
      }));
  if (type !== "auth0_connection" && type !== "auth0_phone_provider") return [];
  return attributes(change).flatMap(({ path, after }): Finding[] => {
    if (after === undefined || after === unknown || isUnsetText(after)) return [];
    if (type === "auth0_phone_provider")
      return /^(credentials|configuration\[0\]\.(?!delivery_methods|default_from))/.test(path)
        ? [{ kind: "provider", words: say`${address} is created with ${path} = ${after}.` }]
        : [];
    const bad = unsafe.find(([pattern, , isBad]) => pattern.test(path) && isBad(after));
    if (bad) return [{ kind: bad[1], words: say`${address} is created with ${path} = ${after}.` }];
    if (usual.test(path)) return [];
    return [
      {
        kind: "connection",
        words: say`${address} is created with ${path} = ${after}, which this project does not set.`,
      },
    ];
  });
}

/** Attributes that decide where a code goes, who may read it or who may ask for one. */
export function changedAttributes(subject: Subject): Finding[] {
  const { address, type, change } = subject.change;
  const known = readings.get(type);
  if (!known) return [];
  if (subject.kind === "create") return created(subject);
  if (subject.kind !== "update" && subject.kind !== "replace") return [];
  return attributes(change).flatMap(({ path, before, after }): Finding[] => {
    const kind = known.find(([pattern]) => pattern.test(path))?.[1];
    if (kind === undefined || (isUnsetText(before) && isUnsetText(after))) return [];
    return [
      {
        kind,
        words: say`${address}: ${path} changes from ${before ?? "nothing"} to ${after ?? "nothing"}.`,
      },
    ];
  });
}
