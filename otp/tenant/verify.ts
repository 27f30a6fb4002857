import type { Channel, Environment } from "../../config/environment.ts";
import { channels, secretNames } from "../../config/environment.ts";
import { compare, listed } from "./comparison.ts";
import type { Check } from "./comparison.ts";
import { connectionOf, inventoryScopes, takeInventory } from "./inventory.ts";
import type { Inventory } from "./inventory.ts";
import { needScopes } from "./tenant.ts";
import type { TenantAccess } from "./tenant.ts";
import { verifyAction } from "./verify-action.ts";

/** The text of each bundle by channel. */
export type BuiltCode = Readonly<Partial<Record<Channel, string>>>;

function emailProvider({ name, email }: Environment, { emailProvider: found }: Inventory): Check[] {
  const deploy = `run \`npx otp deploy ${name}\``;
  return [
    compare("e-mail provider", "custom", found?.name ?? "none", deploy),
    compare(
      "e-mail provider: enabled",
      "yes",
      found?.enabled ? "yes" : "no",
      `${deploy}; without it nobody gets an e-mail`,
    ),
    compare(
      "e-mail provider: sender",
      email?.from.address ?? "",
      found?.default_from_address ?? "none",
      deploy,
    ),
  ];
}

function phoneProvider(
  { name, phone }: Environment,
  { phoneProvider: found }: Inventory,
  isConsolidated: boolean,
): Check[] {
  const deploy = `run \`npx otp deploy ${name}\``;
  return [
    compare("phone provider", "custom", found?.name ?? "none", deploy),
    compare(
      "phone provider: enabled",
      "yes",
      found && !found.disabled ? "yes" : "no",
      `${deploy}; without it nobody gets a message`,
    ),
    compare(
      "phone provider: delivery methods",
      listed(phone?.methods ?? []),
      listed(found?.configuration?.delivery_methods ?? []),
      deploy,
    ),
    compare(
      "tenant: unified phone experience",
      "on",
      isConsolidated ? "on" : "off",
      "switch it on in the dashboard (Branding, Phone Provider): without it the Action is not asked",
    ),
  ];
}

function connection(environment: Environment, channel: Channel, found: Inventory): Check[] {
  const declared = environment[channel]?.passwordless;
  if (!declared) return [];
  const name = connectionOf(channel);
  const deploy = `run \`npx otp deploy ${environment.name}\``;
  const one = found.connections.find((other) => other.name === name);
  const missing = declared.clients.filter((client) => !one?.clients.includes(client));
  const gateway = one?.options["provider"];
  return [
    compare(`connection ${name}`, "one", one ? "one" : "none", deploy),
    compare(
      `connection ${name}: applications`,
      listed(declared.clients),
      missing.length === 0 ? listed(declared.clients) : `without ${listed(missing)}`,
      deploy,
    ),
    // Left out by newer tenants; older ones name a sender of the connection's own.
    compare(
      `connection ${name}: sends through`,
      "the provider",
      typeof gateway === "string" && gateway !== ""
        ? `${gateway}, past the provider`
        : "the provider",
      "remove the connection's own provider (options.provider)",
    ),
  ];
}

/** Compares what was found in a tenant with what an environment declares. */
export function compareInventory(
  environment: Environment,
  built: BuiltCode,
  found: Inventory,
  isConsolidated: boolean,
): Check[] {
  return channels.flatMap((channel) => {
    const delivery = environment[channel];
    if (!delivery) return [];
    const expected = {
      environment: environment.name,
      channel,
      code: built[channel] ?? "",
      secrets: secretNames(environment, channel),
    };
    return [
      ...verifyAction(expected, found.actions[channel], found.bindings[channel] ?? []),
      ...(channel === "email"
        ? emailProvider(environment, found)
        : phoneProvider(environment, found, isConsolidated)),
      ...connection(environment, channel, found),
    ];
  });
}

/** The scopes that {@link verify} needs. */
export function verifyScopes(environment: Environment): string[] {
  return [...inventoryScopes(environment), ...(environment.phone ? ["read:tenant_settings"] : [])];
}

/**
 * Asks a tenant whether it delivers codes as an environment declares it, with the code that was
 * built.
 *
 * @param inventory - what was found a moment ago, if nothing has changed since; default: looks again
 * @throws UserError where scopes are missing or the tenant does not answer
 */
export async function verify(
  tenant: TenantAccess,
  environment: Environment,
  built: BuiltCode,
  inventory?: Inventory,
): Promise<Check[]> {
  needScopes(tenant, verifyScopes(environment));
  const found = inventory ?? (await takeInventory(tenant, environment));
  const settings =
    environment.phone &&
    (await tenant.ask(
      tenant.api.tenants.settings.get({ fields: "phone_consolidated_experience" }),
    ));
  return compareInventory(
    environment,
    built,
    found,
    settings?.phone_consolidated_experience === true,
  );
}
