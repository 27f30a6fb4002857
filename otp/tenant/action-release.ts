import { setTimeout as sleep } from "node:timers/promises";
import type { Channel, Environment } from "../../config/environment.ts";
import { channels, secretNames } from "../../config/environment.ts";
import type { FoundAction, Inventory } from "./inventory.ts";
import type { TenantAccess } from "./tenant.ts";
import { secretsOf } from "./variables.ts";
import type { BuiltCode } from "./verify.ts";
import { UserError } from "../../config/user-error.ts";

/** Auth0 builds an Action in seconds; a minute is given, in milliseconds. */
const buildMs = 60_000;
const pollMs = 1_000;

async function until(
  tenant: TenantAccess,
  id: string,
  wanted: string,
  reached: (action: FoundAction) => boolean,
): Promise<void> {
  for (let waited = 0; ; waited += pollMs) {
    const action = await tenant.ask(tenant.api.actions.get(id));
    if (reached(action)) return;
    if (action.status === "failed" || waited >= buildMs)
      throw new UserError(
        `expected ${action.name ?? id} to be ${wanted}, got: ${action.status ?? "no status"} after ${String(waited / 1000)} s; look at it in the dashboard`,
      );
    await sleep(pollMs);
  }
}

/** Deploys what was last written to an Action, and waits until it runs. */
async function release(tenant: TenantAccess, id: string): Promise<void> {
  await until(tenant, id, "built", ({ status }) => status === "built");
  await tenant.ask(tenant.api.actions.deploy(id));
  await until(tenant, id, "deployed", ({ all_changes_deployed: all }) => all === true);
}

/**
 * Deploys drafts that hold the built code: an apply that failed half-way left them, and Terraform
 * plans nothing for them any more.
 *
 * @returns the channels whose drafts were deployed
 */
export async function releaseDrafts(
  tenant: TenantAccess,
  { actions }: Inventory,
  built: BuiltCode,
): Promise<Channel[]> {
  const left = channels.filter((channel) => {
    const action = actions[channel];
    return action?.code === built[channel] && action?.all_changes_deployed === false;
  });
  for (const channel of left) {
    const id = actions[channel]?.id;
    if (id !== undefined) await release(tenant, id);
  }
  return left;
}

/**
 * Sends all secrets past Terraform, which pushes them only when their fingerprint in the state
 * changes: after a failed apply the state may hold one that the tenant never got.
 *
 * @param values - by name
 * @throws UserError naming those that are missing, before anything is sent
 */
export async function resendSecrets(
  tenant: TenantAccess,
  environment: Environment,
  { actions }: Inventory,
  values: NodeJS.ProcessEnv,
): Promise<void> {
  const missing = secretsOf(environment).filter((name) => !values[name]);
  if (missing.length > 0)
    throw new UserError(
      `${environment.name}: expected values for its secrets, got: none for ${missing.join(", ")}; nothing was sent`,
    );
  for (const channel of channels) {
    const delivery = environment[channel];
    const id = actions[channel]?.id;
    if (!delivery || id === undefined) continue;
    const secrets = secretNames(environment, channel).map((name) => ({
      name,
      value: values[name] ?? "",
    }));
    if (secrets.length === 0) continue;
    await tenant.ask(tenant.api.actions.update(id, { secrets }));
    await release(tenant, id);
  }
}

/** When each secret of an Action was last written, as one text to compare. */
export const secretTimes = (action: FoundAction | undefined): string =>
  JSON.stringify((action?.secrets ?? []).map(({ name, updated_at }) => [name, updated_at]).sort());
