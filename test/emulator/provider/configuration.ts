/** What the steps of the recorded life of a set-up change in its configuration. */
export interface Choices {
  /** Code of the e-mail Action. */
  readonly emailCode?: string;
  /** Code of the phone Action. */
  readonly phoneCode?: string;
  /** Names of the secrets of both Actions; each is an ephemeral variable. */
  readonly secrets?: readonly string[];
  readonly secretsVersion?: number;
  readonly sender?: string;
  readonly methods?: readonly string[];
}

/** The start of every configuration: the provider, found by its address. */
export const provider = {
  terraform: { required_providers: { auth0: { source: "auth0/auth0" } } },
  provider: { auth0: [{}] },
};

const idle = {
  email: "exports.onExecuteCustomEmailProvider = async (event, api) => {};",
  phone: "exports.onExecuteCustomPhoneProvider = async (event, api) => {};",
};

/** The six resources that deliver passcodes, as they are in the recorded calls. */
export function delivery(choices: Choices = {}): object {
  const secrets = choices.secrets ?? ["API_KEY"];
  const action = (channel: "email" | "phone", code: string) => ({
    name: `custom-${channel}`,
    code,
    runtime: "node22",
    deploy: true,
    supported_triggers: [{ id: `custom-${channel}-provider`, version: "v1" }],
    secrets_wo: secrets.map((name) => ({ name, value: `\${var.${name}}` })),
    secrets_wo_version: choices.secretsVersion ?? 7,
  });
  const binding = (channel: "email" | "phone") => ({
    trigger: `custom-${channel}-provider`,
    actions: [{ id: `\${auth0_action.${channel}.id}`, display_name: `custom-${channel}` }],
  });
  return {
    ...provider,
    variable: Object.fromEntries(
      secrets.map((name) => [name, { type: "string", sensitive: true, ephemeral: true }]),
    ),
    resource: {
      auth0_action: {
        email: action("email", choices.emailCode ?? idle.email),
        phone: action("phone", choices.phoneCode ?? idle.phone),
      },
      auth0_trigger_actions: { email: binding("email"), phone: binding("phone") },
      auth0_email_provider: {
        email: {
          name: "custom",
          enabled: true,
          default_from_address: choices.sender ?? "login@example.com",
          credentials: [{}],
          depends_on: ["auth0_trigger_actions.email"],
        },
      },
      auth0_phone_provider: {
        phone: {
          name: "custom",
          configuration: [{ delivery_methods: choices.methods ?? ["text"] }],
          credentials: [{}],
          depends_on: ["auth0_trigger_actions.phone"],
        },
      },
    },
  };
}
