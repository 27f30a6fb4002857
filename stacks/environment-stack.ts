import type { Construct } from "constructs";
import { AssetType, Fn, TerraformAsset, TerraformStack, TerraformVariable } from "cdktf";
import { Action } from "../.gen/providers/auth0/action/index.ts";
import { ConnectionClients } from "../.gen/providers/auth0/connection-clients/index.ts";
import { Connection } from "../.gen/providers/auth0/connection/index.ts";
import { EmailProvider } from "../.gen/providers/auth0/email-provider/index.ts";
import { PhoneProvider } from "../.gen/providers/auth0/phone-provider/index.ts";
import { Auth0Provider } from "../.gen/providers/auth0/provider/index.ts";
import { TriggerActions } from "../.gen/providers/auth0/trigger-actions/index.ts";
import { mailbox } from "../actions/vendors/request.ts";
import type { Channel, Environment } from "../config/environment.ts";
import { secretNames } from "../config/environment.ts";
import { passwordlessBody } from "../config/passwordless-template.ts";
import { declareBackend } from "./backend.ts";
import { fingerprint } from "./fingerprint.ts";
import { missingSecrets } from "./secrets.ts";

/** A text in which `${` and `%{` stand for themselves: Terraform reads JSON strings as templates. */
const verbatim = (text: string) => text.replace(/([$%])\{/g, "$1$1{");

/** Addresses of what delivers a channel, and of what people log in through. */
const deliveryOf = (channel: Channel) => [
  `auth0_trigger_actions.${channel}`,
  `auth0_action.${channel}`,
];
const connectionOf = (name: string) => [
  `auth0_connection_clients.${name}`,
  `auth0_connection.${name}`,
];

export interface EnvironmentStackProps {
  readonly environment: Environment;
  /** Paths of the bundles by channel. */
  readonly bundles: Readonly<Partial<Record<Channel, string>>>;
  /** Values of secrets by name, as far as this machine has them; none ends up in the output. */
  readonly secrets: Readonly<Record<string, string | undefined>>;
  /** Fingerprints of the secrets by channel, if another process has made them. */
  readonly secretVersions?: Readonly<Partial<Record<Channel, number>>>;
}

/** Everything that delivers one tenant's codes. */
export class EnvironmentStack extends TerraformStack {
  private readonly environment: Environment;
  private readonly variables = new Map<string, TerraformVariable>();

  constructor(
    scope: Construct,
    private readonly props: EnvironmentStackProps,
  ) {
    super(scope, props.environment.name);
    this.environment = props.environment;
    declareBackend(this, this.environment);
    this.addOverride("terraform.required_version", ">= 1.11");
    new Auth0Provider(this, "auth0", { domain: this.environment.domain });
    this.declareEmail();
    this.declarePhone();
    this.letGo();
  }

  /**
   * Terraform's `prevent_destroy` ends with the block that holds it: a protected channel that leaves
   * the environment's file would be destroyed. It leaves the state instead, and the tenant keeps it.
   */
  private letGo(): void {
    const { protect, email, phone } = this.environment;
    if (!protect) return;
    const left = [
      ...(email ? [] : ["auth0_email_provider.email", ...deliveryOf("email")]),
      ...(phone ? [] : ["auth0_phone_provider.phone", ...deliveryOf("phone")]),
      ...(email?.passwordless ? [] : connectionOf("email")),
      ...(phone?.passwordless ? [] : connectionOf("sms")),
    ];
    if (left.length === 0) return;
    this.addOverride(
      "removed",
      left.map((from) => ({ from, lifecycle: { destroy: false } })),
    );
  }

  private declareEmail(): void {
    const { email } = this.environment;
    if (!email) return;
    const binding = this.declareAction("email");
    const { address } = email.from;
    new EmailProvider(this, "email_provider", {
      name: "custom",
      enabled: true,
      defaultFromAddress: address,
      credentials: {},
      // A custom provider is refused without a deployed Action.
      dependsOn: [binding],
      lifecycle: this.lifecycle,
    }).overrideLogicalId("email");
    if (!email.passwordless) return;
    const { subject, clients } = email.passwordless;
    const connection = new Connection(this, "email_connection", {
      name: "email",
      strategy: "email",
      options: {
        name: "email",
        from: verbatim(mailbox(email.from)),
        subject: verbatim(subject),
        syntax: "liquid",
        template: verbatim(passwordlessBody(email)),
        bruteForceProtection: true,
        disableSignup: false,
        totp: { timeStep: email.lifetimeS, length: 6 },
      },
      // Destroying a connection deletes its users.
      lifecycle: this.lifecycle,
    });
    connection.overrideLogicalId("email");
    this.declareClients("email", connection, clients);
  }

  private declarePhone(): void {
    const { phone } = this.environment;
    if (!phone) return;
    const binding = this.declareAction("phone");
    new PhoneProvider(this, "phone_provider", {
      name: "custom",
      disabled: false,
      configuration: { deliveryMethods: [...phone.methods] },
      credentials: {},
      dependsOn: [binding],
      lifecycle: this.lifecycle,
    }).overrideLogicalId("phone");
    if (!phone.passwordless) return;
    const { template, clients } = phone.passwordless;
    const connection = new Connection(this, "sms_connection", {
      name: "sms",
      strategy: "sms",
      options: {
        name: "sms",
        syntax: "md_with_macros",
        template: verbatim(template),
        bruteForceProtection: true,
        disableSignup: false,
        totp: { timeStep: phone.lifetimeS, length: 6 },
      },
      lifecycle: this.lifecycle,
    });
    connection.overrideLogicalId("sms");
    this.declareClients("sms", connection, clients);
  }

  /** The Action of a channel, bound to its trigger. */
  private declareAction(channel: Channel): TriggerActions {
    const trigger = `custom-${channel}-provider`;
    const code = new TerraformAsset(this, `${channel}_code`, {
      path: this.props.bundles[channel] ?? "",
      type: AssetType.FILE,
    });
    const names = this.namesOf(channel);
    const action = new Action(this, `${channel}_action`, {
      name: trigger,
      runtime: "node22",
      supportedTriggers: { id: trigger, version: "v1" },
      code: Fn.file(code.path),
      deploy: true,
      ...(names.length > 0 && {
        secretsWo: names.map((name) => ({ name, value: this.variable(name).stringValue })),
        secretsWoVersion: this.secretsVersion(channel, names),
      }),
      lifecycle: this.lifecycle,
    });
    action.overrideLogicalId(channel);
    const binding = new TriggerActions(this, `${channel}_binding`, {
      trigger,
      actions: [{ id: action.id, displayName: trigger }],
      lifecycle: this.lifecycle,
    });
    binding.overrideLogicalId(channel);
    return binding;
  }

  private declareClients(name: string, connection: Connection, clients: readonly string[]): void {
    if (clients.length === 0) return;
    new ConnectionClients(this, `${name}_clients`, {
      connectionId: connection.id,
      enabledClients: [...clients],
    }).overrideLogicalId(name);
  }

  private namesOf(channel: Channel): string[] {
    return secretNames(this.environment, channel);
  }

  /** An ephemeral variable: Terraform keeps its value out of the state and the plan. */
  private variable(name: string): TerraformVariable {
    const known = this.variables.get(name);
    if (known) return known;
    const variable = new TerraformVariable(this, name, {
      type: "string",
      sensitive: true,
      nullable: false,
      description: `Set TF_VAR_${name}.`,
    });
    variable.overrideLogicalId(name);
    variable.addOverride("ephemeral", true);
    const blind =
      this.environment.secretsVersion === undefined &&
      this.props.secretVersions === undefined &&
      this.props.secrets[name] === undefined;
    variable.addOverride("validation", [
      {
        // Without the value, synthesis could not tell a rotation: what it made must not be applied.
        condition: blind ? `\${var.${name} == null}` : `\${length(var.${name}) > 0}`,
        error_message: blind
          ? `Expected ${name} when this stack was synthesised, got: nothing. Set ${name} beside TF_VAR_${name}, which cdktf hides from synthesis, or secretsVersion in the environment.`
          : `Expected a value for ${name}, got: an empty text. Set TF_VAR_${name}.`,
      },
    ]);
    this.variables.set(name, variable);
    return variable;
  }

  /** What shows a rotation in the plan: a fingerprint of the values, or the author's own number. */
  private secretsVersion(channel: Channel, names: readonly string[]): number {
    const { secretsVersion, name } = this.environment;
    if (secretsVersion !== undefined) return secretsVersion;
    const made = this.props.secretVersions?.[channel];
    if (made !== undefined) return made;
    const values = Object.fromEntries(names.map((one) => [one, this.props.secrets[one] ?? ""]));
    return missingSecrets(this.props.secrets).length > 0
      ? 1
      : fingerprint(values, `${name}/${channel}`);
  }

  private get lifecycle(): { preventDestroy: boolean } {
    return { preventDestroy: this.environment.protect };
  }
}
