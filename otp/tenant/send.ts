import { setTimeout as sleep } from "node:timers/promises";
import type { Channel, Environment } from "../../config/environment.ts";
import { connectionOf } from "./inventory.ts";
import type { TenantAccess } from "./tenant.ts";
import { needScopes } from "./tenant.ts";
import { UserError } from "../../config/user-error.ts";

/** The application on whose behalf an e-mail is asked for. */
export interface TryingClient {
  readonly id: string;
  /** Needed where the application is not public. */
  readonly secret?: string | undefined;
}

export interface Trial {
  readonly channel: Channel;
  /** E-mail address, or number in E.164. */
  readonly to: string;
  /** How to reach a number. Default: text. */
  readonly method?: "text" | "voice";
  readonly client?: TryingClient;
  /** How long the log is looked at, in milliseconds. Default: 30,000. */
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
}

/** What a tenant's log says since a message was asked for. */
export interface LogLine {
  readonly type: string;
  readonly description: string;
  readonly date: string;
  readonly outcome: "sent" | "not sent" | "unknown";
}

/**
 * Types of log events that tell of a message: Auth0 has no type of its own for custom providers, so
 * those for codes, notifications and Actions are looked at.
 */
const outcomes: Readonly<Record<string, LogLine["outcome"]>> = {
  cls: "sent",
  cs: "sent",
  sdn: "unknown",
  fn: "not sent",
  fdn: "not sent",
  actions_execution_failed: "not sent",
};

const pollMs = 1_000;
const perPage = 50;

async function newest(tenant: TenantAccess) {
  const { data } = await tenant.ask(
    tenant.api.logs.list({ page: 0, per_page: perPage, sort: "date:-1" }),
  );
  return data;
}

async function askForPhone(
  { api, ask }: TenantAccess,
  name: string,
  { to, method = "text" }: Trial,
): Promise<void> {
  const { providers = [] } = await ask(api.branding.phone.providers.list());
  const [provider] = providers;
  if (provider?.id === undefined)
    throw new UserError(
      `${name}: expected a phone provider to try, got: none; run \`npx otp deploy ${name}\``,
    );
  await ask(api.branding.phone.providers.test(provider.id, { to, delivery_method: method }));
}

/** There is no call that tries an e-mail provider, so a code is asked for as an application does. */
async function askForEmail(
  { domain, request }: TenantAccess,
  { name, email }: Environment,
  { to, client }: Trial,
): Promise<void> {
  const id = client?.id ?? email?.passwordless?.clients[0];
  if (id === undefined)
    throw new UserError(
      `${name}: expected an application that asks for an e-mail, got: none; name one that may use the connection email with --client. ` +
        "Auth0 has no call that tries a custom e-mail provider",
    );
  const answer = await request(`https://${domain}/passwordless/start`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      client_id: id,
      ...(client?.secret !== undefined && { client_secret: client.secret }),
      connection: connectionOf("email"),
      email: to,
      send: "code",
    }),
  });
  if (answer.ok) return;
  const said = ((await answer.json().catch(() => ({}))) as { error_description?: unknown })
    .error_description;
  throw new UserError(
    `expected ${domain} to send a code for the application ${id}, got: ${String(answer.status)} ` +
      `${typeof said === "string" ? said : "without a reason"}; an application with a secret needs it in AUTH0_SEND_CLIENT_SECRET`,
  );
}

/** The scopes that a trial needs. */
export function tryScopes(channel: Channel): string[] {
  return channel === "email"
    ? ["read:logs"]
    : ["read:logs", "read:phone_providers", "create:phone_providers"];
}

/**
 * Sends a real message through a tenant, and waits for what its log says.
 *
 * @returns what was logged, oldest first; nothing where the log said nothing in time
 * @throws UserError where the tenant refuses
 */
export async function tryDelivery(
  tenant: TenantAccess,
  environment: Environment,
  trial: Trial,
): Promise<LogLine[]> {
  const { channel, waitMs = 30_000, signal } = trial;
  needScopes(tenant, tryScopes(channel));
  // What was there before is told by its id: clocks of two machines need not agree.
  const before = new Set((await newest(tenant)).map(({ log_id }) => log_id));
  await (channel === "email"
    ? askForEmail(tenant, environment, trial)
    : askForPhone(tenant, environment.name, trial));
  for (let waited = 0; waited <= waitMs; waited += pollMs) {
    const found = (await newest(tenant))
      .filter(({ log_id, type }) => !before.has(log_id) && outcomes[type ?? ""] !== undefined)
      .map(({ type = "", description, date }) => ({
        type,
        // A tenant's own words may name the recipient.
        description: (description ?? "").replaceAll(trial.to, "(recipient)"),
        date: typeof date === "string" ? date : "",
        outcome: outcomes[type] ?? "unknown",
      }))
      .toReversed();
    if (found.length > 0) return found;
    await sleep(pollMs, undefined, { signal });
  }
  return [];
}
