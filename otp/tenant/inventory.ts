import type { ManagementClient } from "auth0";
import type { Channel, Environment } from "../../config/environment.ts";
import { channels } from "../../config/environment.ts";
import type { TenantAccess } from "./tenant.ts";

type Answer<T> = Awaited<T>;

/** The Action of a custom provider's trigger; a tenant has one at most for each. */
export type FoundAction = Answer<ReturnType<ManagementClient["actions"]["get"]>>;
export type FoundEmailProvider = Answer<ReturnType<ManagementClient["emails"]["provider"]["get"]>>;
export type FoundPhoneProvider = Answer<
  ReturnType<ManagementClient["branding"]["phone"]["providers"]["get"]>
>;

export interface FoundBinding {
  readonly id?: string | undefined;
  readonly display_name?: string | undefined;
  readonly action?: FoundAction | undefined;
}

export interface FoundConnection {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Ids of the applications that may use it. */
  readonly clients: readonly string[];
}

/** What delivers the codes of an environment's channels in a tenant, whoever set it up. */
export interface Inventory {
  readonly actions: Readonly<Partial<Record<Channel, FoundAction>>>;
  readonly bindings: Readonly<Partial<Record<Channel, readonly FoundBinding[]>>>;
  readonly emailProvider?: FoundEmailProvider;
  readonly phoneProvider?: FoundPhoneProvider;
  readonly connections: readonly FoundConnection[];
}

/** Name and strategy of a channel's passwordless connection. */
export const connectionOf = (channel: Channel): "email" | "sms" =>
  channel === "email" ? "email" : "sms";

const triggerOf = (channel: Channel) => `custom-${channel}-provider` as const;

/** Names of what an Action has, without what is nameless. */
export const namesOf = (
  list: readonly { readonly name?: string | undefined }[] | undefined,
): string[] => (list ?? []).flatMap(({ name }) => name ?? []);

/** The scopes that {@link takeInventory} needs. */
export function inventoryScopes(environment: Environment): string[] {
  return [
    "read:actions",
    ...(environment.email ? ["read:email_provider"] : []),
    ...(environment.phone ? ["read:phone_providers"] : []),
    ...(environment.email?.passwordless || environment.phone?.passwordless
      ? ["read:connections"]
      : []),
  ];
}

async function actionOf(tenant: TenantAccess, channel: Channel): Promise<FoundAction | undefined> {
  const { api } = tenant;
  const [first] = await tenant.list(
    api.actions.list({ triggerId: triggerOf(channel), per_page: 100 }),
  );
  return first?.id === undefined ? undefined : tenant.ask(api.actions.get(first.id));
}

async function connectionsOf(tenant: TenantAccess, channel: Channel): Promise<FoundConnection[]> {
  const { connections } = tenant.api;
  const found = await tenant.list(connections.list({ strategy: [connectionOf(channel)] }));
  return Promise.all(
    found.map(async ({ id = "", name = "", strategy = "", options = {} }) => {
      const clients = await tenant.list(connections.clients.get(id));
      const ids = clients.map((client) => client.client_id);
      return { id, name, strategy, options: { ...options }, clients: ids };
    }),
  );
}

/**
 * Looks at everything in a tenant that an environment's channels concern.
 *
 * @throws UserError where the tenant does not answer
 */
export async function takeInventory(
  tenant: TenantAccess,
  environment: Environment,
): Promise<Inventory> {
  const { api } = tenant;
  const actions: Partial<Record<Channel, FoundAction>> = {};
  const bindings: Partial<Record<Channel, FoundBinding[]>> = {};
  const connections: FoundConnection[] = [];
  for (const channel of channels) {
    const delivery = environment[channel];
    if (!delivery) continue;
    const action = await actionOf(tenant, channel);
    if (action) actions[channel] = action;
    bindings[channel] = await tenant.list(api.actions.triggers.bindings.list(triggerOf(channel)));
    if (delivery.passwordless) connections.push(...(await connectionsOf(tenant, channel)));
  }
  const emailProvider =
    environment.email &&
    (await tenant.find(
      api.emails.provider.get({
        fields: "name,enabled,default_from_address,credentials,settings",
        include_fields: true,
      }),
    ));
  const phoneProviders =
    environment.phone && (await tenant.ask(api.branding.phone.providers.list()));
  const [phoneProvider] = phoneProviders?.providers ?? [];
  return {
    actions,
    bindings,
    connections,
    ...(emailProvider && { emailProvider }),
    ...(phoneProvider && { phoneProvider }),
  };
}
