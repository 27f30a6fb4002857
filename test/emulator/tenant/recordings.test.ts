import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { startTenant } from "../../../emulator/tenant/index.ts";
import type { Tenant } from "../../../emulator/tenant/index.ts";
import { shared, withoutShared } from "../../shared.ts";
import { deployed, managementOf, trust } from "./management.ts";
import type { Management } from "./management.ts";

interface Interaction {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly request: unknown;
  readonly status: number;
  readonly response: unknown;
}

const empty = "exports.onExecutePostLogin = async (event, api) => {};";

/** The recordings, each with what its tenant had before it began. */
const recordings: readonly [string, (management: Management) => Promise<unknown>][] = [
  // A binding of another test run of theirs is seen in passing.
  ["TestAccAction", bindAnotherAction],
  ["TestAccActionWithSecretsWO", nothing],
  ["TestAccCheckPhoneProvider", (m) => deployed(m, "custom-phone-provider", empty)],
  ["TestAccConnectionClients", nothing],
  ["TestAccConnectionEmail", nothing],
  ["TestAccConnectionSMS", nothing],
  ["TestAccEmail", (m) => deployed(m, "custom-email-provider", empty)],
  ["TestAccEmailTemplate", makeWelcomeTemplate],
  ["TestAccPhoneNotificationTemplate", nothing],
  ["TestAccTriggerActions", nothing],
];

/** Values that may differ, by the name of the field; all else must be equal. */
const volatile: Readonly<Record<string, (recorded: string, ours: string) => boolean>> = {
  created_at: bothInstants,
  updated_at: bothInstants,
  built_at: bothInstants,
  build_time: bothInstants,
  deleted_at: bothInstants,
  // Each tenant has its own name.
  tenant: () => true,
  // "[REDACTED]" in the recordings.
  client_secret: () => true,
  cert: () => true,
  // How long a build takes is chance; how it ends is not.
  status: (recorded, ours) =>
    recorded === ours || ["pending", "building", "retrying"].includes(recorded),
};

const idFields = new Set(["id", "client_id", "enabled_clients"]);

describe("requests replayed from recordings of a real tenant", () => {
  let tenant: Tenant | undefined;
  afterEach(() => tenant?.stop());

  for (const [name, prepare] of recordings) {
    const file = shared(`recordings/${name}.json`);
    if (file === undefined) {
      it(withoutShared(`recordings/${name}.json`), () => undefined);
      continue;
    }
    it(`are answered alike in ${name}`, async () => {
      tenant = await startTenant();
      trust(tenant);
      const management = await managementOf(tenant);
      await prepare(management);
      const ids = new Map<string, string>();
      const interactions = JSON.parse(readFileSync(file, "utf8")) as Interaction[];
      for (const [index, interaction] of interactions.entries()) {
        const { method, status, response } = interaction;
        const path = ours(interaction.path.replace("/api/v2", ""), ids);
        const query = new URLSearchParams(interaction.query).toString();
        const sent = ours(interaction.request, ids) ?? undefined;
        const reply = await management.call(method, query ? `${path}?${query}` : path, sent);
        const where = `${name}[${index}] ${method} ${path}`;
        expect(reply.status, where).toBe(status);
        expect(differences(response ?? undefined, reply.body, ids, where)).toEqual([]);
      }
    });
  }
});

/** Where an answer is not like the recorded one. Learns which id of ours stands for theirs. */
function differences(
  recorded: unknown,
  answered: unknown,
  ids: Map<string, string>,
  where: string,
  field = "",
): string[] {
  if (Array.isArray(recorded) && Array.isArray(answered)) {
    if (recorded.length !== answered.length)
      return [`${where}: expected ${recorded.length} entries, got ${answered.length}`];
    return recorded.flatMap((one, index) =>
      differences(one, answered[index], ids, `${where}[${index}]`, field),
    );
  }
  if (isObject(recorded) && isObject(answered)) {
    const names = new Set([...Object.keys(recorded), ...Object.keys(answered)]);
    return [...names].flatMap((name) =>
      differences(recorded[name], answered[name], ids, `${where}.${name}`, name),
    );
  }
  if (typeof recorded === "string" && typeof answered === "string") {
    if (idFields.has(field) && !ids.has(recorded) && isMadeUp(recorded))
      ids.set(recorded, answered);
    if ((ids.get(recorded) ?? recorded) === answered) return [];
    if (volatile[field]?.(recorded, answered)) return [];
  }
  if (recorded === answered) return [];
  return [`${where}: expected ${JSON.stringify(recorded)}, got ${JSON.stringify(answered)}`];
}

/** Names of triggers stand in fields called `id` too. */
function isMadeUp(id: string): boolean {
  return /^[0-9a-f-]{36}$|^(con|pro|tem)_|^\w{32}$/.test(id);
}

/** A recorded value with our ids in place of theirs. */
function ours<T>(value: T, ids: ReadonlyMap<string, string>): T {
  let text = JSON.stringify(value);
  for (const [theirs, own] of ids) text = text.replaceAll(theirs, own);
  return JSON.parse(text) as T;
}

function bothInstants(recorded: string, answered: string): boolean {
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/;
  return instant.test(recorded) && instant.test(answered);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

async function bindAnotherAction(management: Management): Promise<void> {
  const name = "Test Action Delete With Unbind TestAccAction_DeleteWithUnbind";
  const { id } = await management.ok("POST", "/actions/actions", {
    name,
    supported_triggers: [{ id: "post-login", version: "v3" }],
    code: empty,
    runtime: "node18-actions",
  });
  await management.ok("POST", `/actions/actions/${String(id)}/deploy`);
  await management.ok("PATCH", "/actions/triggers/post-login/bindings", {
    bindings: [{ ref: { type: "action_id", value: id }, display_name: name }],
  });
}

async function makeWelcomeTemplate(management: Management): Promise<void> {
  await management.ok("POST", "/email-templates", {
    template: "welcome_email",
    body: "<html><body><h1>Welcome!</h1></body></html>",
    from: "welcome@example.com",
    resultUrl: "https://example.com/welcome",
    subject: "Welcome",
    syntax: "liquid",
    urlLifetimeInSeconds: 3600,
    includeEmailInRedirect: false,
    enabled: false,
  });
}
