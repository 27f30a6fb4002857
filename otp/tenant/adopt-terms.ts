import type { Channel, Environment } from "../../config/environment.ts";
import { channels, secretNames } from "../../config/environment.ts";
import { connectionOf, namesOf } from "./inventory.ts";
import { maskKeys } from "../text/keys.ts";
import type { Inventory } from "./inventory.ts";

/** What taking over a tenant means to it, in words. */
export interface Terms {
  /** What is taken over, and what becomes of it with the next deploy. */
  readonly changes: readonly string[];
  /** What the next deploy takes away or switches; people should agree before. */
  readonly dangers: readonly string[];
  /** Secrets by Action id that the tenant has and the environment does not. */
  readonly unmanaged: readonly UnmanagedSecrets[];
}

export interface UnmanagedSecrets {
  readonly action: string;
  readonly label: string;
  /** Names of those that the environment lacks. */
  readonly remove: readonly string[];
  /** Names of those that stay. */
  readonly keep: readonly string[];
}

const labels = { email: "e-mail", phone: "phone" } as const;

function actionTerms(environment: Environment, { actions }: Inventory, channel: Channel): Terms {
  const delivery = environment[channel];
  const action = actions[channel];
  if (!delivery || action?.id === undefined) return { changes: [], dangers: [], unmanaged: [] };
  const wanted = secretNames(environment, channel);
  const there = namesOf(action.secrets);
  const label = `Action "${action.name ?? action.id}"`;
  const name = `custom-${channel}-provider`;
  const renamed = action.name === name ? "" : `, it is named ${name}`;
  const added = wanted.filter((one) => !there.includes(one));
  const remove = there.filter((one) => !wanted.includes(one));
  const packages = (action.dependencies ?? []).map(
    (one) => `${one.name ?? ""}@${one.version ?? ""}`,
  );
  return {
    changes: [
      `${label} stays and is changed in place: its code becomes this environment's${renamed}`,
      ...(added.length > 0 ? [`${label} gets the secrets ${added.join(", ")}`] : []),
    ],
    dangers: [
      ...(remove.length > 0
        ? [`${label} loses the secrets ${remove.join(", ")}: the environment does not have them`]
        : []),
      ...(packages.length > 0
        ? [`${label} loses its npm dependencies ${packages.join(", ")}: handlers here need none`]
        : []),
    ],
    unmanaged:
      remove.length > 0
        ? [{ action: action.id, label, remove, keep: there.filter((one) => wanted.includes(one)) }]
        : [],
  };
}

function providerTerms(environment: Environment, inventory: Inventory): string[] {
  const { emailProvider, phoneProvider } = inventory;
  const { email, phone } = environment;
  const switched = (channel: Channel, name: string) =>
    `the ${labels[channel]} provider is ${name}: the next deploy switches it to custom, ` +
    `and Auth0 forgets ${name}'s credentials`;
  const sender = emailProvider?.default_from_address;
  return [
    ...(email && emailProvider?.name !== undefined && emailProvider.name !== "custom"
      ? [switched("email", emailProvider.name)]
      : []),
    ...(email && sender !== undefined && sender !== email.from.address
      ? [`the sender of e-mails changes from ${sender} to ${email.from.address}`]
      : []),
    ...(phone && phoneProvider && phoneProvider.name !== "custom"
      ? [switched("phone", phoneProvider.name)]
      : []),
  ];
}

function connectionTerms(environment: Environment, { connections }: Inventory): string[] {
  return channels.flatMap((channel) => {
    const passwordless = environment[channel]?.passwordless;
    if (!passwordless) return [];
    const name = connectionOf(channel);
    return connections
      .filter(({ strategy }) => strategy === name)
      .flatMap((connection) => {
        if (connection.name !== name)
          return [
            `the connection "${connection.name}" of the strategy ${name} is not taken over: only one named ${name} can be`,
          ];
        const lost = connection.clients.filter((id) => !passwordless.clients.includes(id));
        return lost.length > 0 && passwordless.clients.length > 0
          ? [`the connection ${name} is closed to the applications ${lost.join(", ")}`]
          : [];
      });
  });
}

/** Keys that stand in hand-made code, which everybody who can read the tenant can read. */
function keyTerms({ actions }: Inventory): string[] {
  return channels.flatMap((channel) => {
    const { code = "" } = actions[channel] ?? {};
    const { found } = maskKeys(code, code.includes("// otp-delivery:"));
    const [first] = found;
    if (!first) return [];
    const count =
      found.length === 1 ? "a text that looks" : `${String(found.length)} texts that look`;
    return [
      `the code of custom-${channel}-provider holds ${count} like a key (line ${String(first.line)}: ${first.what}): move it to a secret and rotate it, since it stays readable in the Action's versions and in the backup`,
    ];
  });
}

/** Compares what a tenant has with what an environment wants. */
export function termsOf(environment: Environment, inventory: Inventory): Terms {
  const actions = channels.map((channel) => actionTerms(environment, inventory, channel));
  return {
    changes: actions.flatMap(({ changes }) => changes),
    dangers: [
      ...actions.flatMap(({ dangers }) => dangers),
      ...keyTerms(inventory),
      ...providerTerms(environment, inventory),
      ...connectionTerms(environment, inventory),
    ],
    unmanaged: actions.flatMap(({ unmanaged }) => unmanaged),
  };
}
