import { randomUUID } from "node:crypto";
import type { Environment } from "../../config/environment.ts";
import { channels } from "../../config/environment.ts";
import { addressesOf } from "../../stacks/imports.ts";
import type { Import } from "../../stacks/imports.ts";
import { connectionOf } from "./inventory.ts";
import type { Inventory } from "./inventory.ts";

/**
 * Import blocks for everything that the environment declares and the tenant has already.
 *
 * @param managed - addresses in the state: they need none
 */
export function importsFor(
  environment: Environment,
  inventory: Inventory,
  managed: ReadonlyMap<string, string>,
): Import[] {
  const { actions, bindings, emailProvider, phoneProvider, connections } = inventory;
  const found: Record<string, string | undefined> = {
    // The tenant has one without an id; the provider takes any.
    "auth0_email_provider.email": emailProvider && randomUUID(),
    "auth0_phone_provider.phone": phoneProvider?.id,
  };
  for (const channel of channels) {
    found[`auth0_action.${channel}`] = actions[channel]?.id;
    if (bindings[channel]?.length)
      found[`auth0_trigger_actions.${channel}`] = `custom-${channel}-provider`;
    const name = connectionOf(channel);
    const connection = connections.find((one) => one.name === name && one.strategy === name);
    found[`auth0_connection.${name}`] = connection?.id;
    found[`auth0_connection_clients.${name}`] = connection?.id;
  }
  return addressesOf(environment).flatMap((to) => {
    const id = found[to];
    return id === undefined || managed.has(to) ? [] : [{ to, id }];
  });
}
