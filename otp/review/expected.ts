import { triggers } from "../../actions/auth0.ts";
import type { Channel, Environment } from "../../config/environment.ts";
import { secretNames } from "../../config/environment.ts";

/** A value that is right if this says so. */
export type Holds = (value: unknown) => boolean;

/** Attributes of one resource, each a value or what must hold of it. */
export type ExpectedValues = Readonly<Record<string, unknown>>;

const isNumber: Holds = (value) => typeof value === "number";
const isTextOrMissing: Holds = (value) =>
  value === undefined || value === null || typeof value === "string";

function action(channel: Channel, environment: Environment): Record<string, ExpectedValues> {
  const names = secretNames(environment, channel);
  const trigger = triggers[channel];
  const version = environment.secretsVersion ?? isNumber;
  return {
    [`auth0_action.${channel}`]: {
      name: trigger,
      runtime: "node22",
      deploy: true,
      supported_triggers: [{ id: trigger, version: "v1" }],
      // Compared with a fresh build, not here.
      code: () => true,
      // Auth0 gives each release another.
      version_id: isTextOrMissing,
      ...(names.length > 0 && {
        // Terraform writes no value of these anywhere, and older ones not even the names.
        secrets_wo: (value: unknown) =>
          value === undefined ||
          value === null ||
          (Array.isArray(value) &&
            value.every((one: unknown) => {
              const { name } = one as { name?: unknown };
              return typeof name === "string" && names.includes(name);
            })),
        secrets_wo_version: version,
      }),
    },
    [`auth0_trigger_actions.${channel}`]: {
      trigger,
      // The id is compared with the Action's by a reading of its own.
      actions: [{ display_name: trigger, id: isTextOrMissing }],
    },
  };
}

function connection(
  name: "email" | "sms",
  options: ExpectedValues,
  lifetimeS: number,
  clients: readonly string[],
): Record<string, ExpectedValues> {
  return {
    [`auth0_connection.${name}`]: {
      name,
      strategy: name,
      options: [
        {
          name,
          brute_force_protection: true,
          disable_signup: false,
          totp: [{ time_step: lifetimeS, length: 6 }],
          ...options,
        },
      ],
    },
    ...(clients.length > 0 && {
      [`auth0_connection_clients.${name}`]: {
        connection_id: isTextOrMissing,
        enabled_clients: (value: unknown) =>
          Array.isArray(value) &&
          value.map(String).sort().join("\n") === [...clients].sort().join("\n"),
      },
    }),
  };
}

/**
 * What the stack declares for an environment, by address: what a plan may set without any further
 * explanation. A test compares it with the stack itself.
 */
export function expectedOf(environment: Environment): ReadonlyMap<string, ExpectedValues> {
  const { email, phone } = environment;
  const from = email?.from;
  return new Map(
    Object.entries<ExpectedValues>({
      ...(email && {
        ...action("email", environment),
        "auth0_email_provider.email": {
          name: "custom",
          enabled: true,
          default_from_address: email.from.address,
        },
        ...(email.passwordless &&
          connection(
            "email",
            {
              from: from?.name === undefined ? from?.address : `${from.name} <${from.address}>`,
              subject: email.passwordless.subject,
              syntax: "liquid",
              template: email.passwordless.body,
            },
            email.lifetimeS,
            email.passwordless.clients,
          )),
      }),
      ...(phone && {
        ...action("phone", environment),
        "auth0_phone_provider.phone": {
          name: "custom",
          disabled: false,
          configuration: [{ delivery_methods: [...phone.methods] }],
        },
        ...(phone.passwordless &&
          connection(
            "sms",
            { syntax: "md_with_macros", template: phone.passwordless.template },
            phone.lifetimeS,
            phone.passwordless.clients,
          )),
      }),
    }),
  );
}
