import { describe, expect, it } from "vitest";
import { checkEnvironment } from "../../../config/load.ts";
import type { FoundAction, Inventory } from "../../../otp/tenant/inventory.ts";
import { compareInventory } from "../../../otp/tenant/verify.ts";

const environment = checkEnvironment(
  {
    name: "shop",
    domain: "shop.eu.auth0.com",
    backend: { type: "local" },
    email: {
      from: { address: "login@example.com" },
      vendors: [{ vendor: "postmark", serverToken: { secret: "POSTMARK_TOKEN" } }],
      passwordless: { subject: "Code", body: "{{ code }}", clients: ["web", "app"] },
    },
    phone: {
      from: "+15005550006",
      methods: ["text", "voice"],
      vendors: [
        {
          vendor: "twilio",
          accountSid: `AC${"0".repeat(32)}`,
          authToken: { secret: "TWILIO_AUTH_TOKEN" },
        },
      ],
    },
  },
  "shop.ts",
);
const built = { email: "one\ntwo\n", phone: "three\n" };

const secretsOf = (...names: string[]) =>
  names.map((name) => ({ name, updated_at: "2026-11-01T00:00:00.000Z" }));

function action(code: string, secret: string): FoundAction {
  const secrets = secretsOf(secret);
  return {
    id: `id-${secret}`,
    code,
    secrets,
    runtime: "node22",
    status: "built",
    all_changes_deployed: true,
    deployed_version: { code, secrets, runtime: "node22", deployed: true },
  };
}

const email = action(built.email, "POSTMARK_TOKEN");
const phone = action(built.phone, "TWILIO_AUTH_TOKEN");
const bound = (one: FoundAction) => ({ id: "binding", display_name: "bound", action: one });
const connection = {
  id: "con",
  name: "email",
  strategy: "email",
  options: {},
  clients: ["app", "web", "another"],
};
const phoneProvider = {
  id: "pro",
  name: "custom",
  disabled: false,
  configuration: { delivery_methods: ["voice", "text"] },
} satisfies Inventory["phoneProvider"];
const emailProvider = {
  name: "custom",
  enabled: true,
  default_from_address: "login@example.com",
};
const right: Inventory = {
  actions: { email, phone },
  bindings: { email: [bound(email)], phone: [bound(phone)] },
  emailProvider,
  phoneProvider,
  connections: [connection],
};

const withEmail = (change: Partial<FoundAction>): Inventory => ({
  ...right,
  actions: { phone, email: { ...email, ...change } },
});
const { emailProvider: _email, ...withoutEmailProvider } = right;

describe("what is verified", () => {
  it("is all fine where the tenant has what was declared and built", () => {
    const checks = compareInventory(environment, built, right, true);
    expect(checks).toHaveLength(5 + 3 + 3 + 5 + 4);
    expect(checks.filter(({ fine, todo }) => !fine || todo !== undefined)).toEqual([]);
  });

  it.each<{
    title: string;
    found: Inventory;
    consolidated?: boolean;
    wrong: Record<string, string>;
  }>([
    {
      title: "no Action",
      found: { ...right, actions: { phone }, bindings: { ...right.bindings, email: [] } },
      wrong: { "custom-email-provider: Action": "none" },
    },
    {
      title: "an Action that was never deployed",
      found: {
        ...right,
        actions: {
          phone,
          email: {
            id: "id-POSTMARK_TOKEN",
            code: built.email,
            secrets: secretsOf("POSTMARK_TOKEN"),
          },
        },
      },
      wrong: {
        "custom-email-provider: deployed code": "nothing deployed",
        "custom-email-provider: what is written is deployed":
          "a draft with the built code that was not deployed: an apply failed half-way",
        "custom-email-provider: runtime": "nothing deployed",
        "custom-email-provider: secrets": "none",
      },
    },
    {
      title: "an old version with the built code as its draft",
      found: withEmail({
        all_changes_deployed: false,
        deployed_version: { ...email.deployed_version, code: "one\nelse\n" },
      }),
      wrong: {
        "custom-email-provider: deployed code": "other code (9 bytes for 8, other from line 2)",
        "custom-email-provider: what is written is deployed":
          "a draft with the built code that was not deployed: an apply failed half-way",
      },
    },
    {
      title: "a byte more at the end",
      found: withEmail({
        code: `${built.email} `,
        deployed_version: { ...email.deployed_version, code: `${built.email} ` },
      }),
      wrong: {
        "custom-email-provider: deployed code": "other code (9 bytes for 8, other from line 3)",
      },
    },
    {
      title: "secrets that were written but not deployed",
      found: withEmail({
        secrets: [{ name: "POSTMARK_TOKEN", updated_at: "2026-11-02T00:00:00.000Z" }],
      }),
      wrong: {
        "custom-email-provider: what is written is deployed":
          "a draft with the built code that was not deployed: an apply failed half-way",
      },
    },
    {
      title: "a secret too many",
      found: withEmail({
        secrets: secretsOf("OLD", "POSTMARK_TOKEN"),
        deployed_version: {
          ...email.deployed_version,
          secrets: secretsOf("OLD", "POSTMARK_TOKEN"),
        },
      }),
      wrong: { "custom-email-provider: secrets": "OLD, POSTMARK_TOKEN" },
    },
    {
      title: "another runtime",
      found: withEmail({
        deployed_version: { ...email.deployed_version, runtime: "node18-actions" },
      }),
      wrong: { "custom-email-provider: runtime": "node18-actions" },
    },
    {
      title: "another Action bound beside it",
      found: {
        ...right,
        bindings: { ...right.bindings, phone: [bound(phone), { display_name: "by hand" }] },
      },
      wrong: { "custom-phone-provider: bound to its trigger": "by hand, this Action" },
    },
    {
      title: "nothing bound",
      found: { ...right, bindings: { ...right.bindings, phone: [] } },
      wrong: { "custom-phone-provider: bound to its trigger": "none" },
    },
    {
      title: "no e-mail provider",
      found: withoutEmailProvider,
      wrong: {
        "e-mail provider": "none",
        "e-mail provider: enabled": "no",
        "e-mail provider: sender": "none",
      },
    },
    {
      title: "an e-mail provider of a vendor, switched off, with another sender",
      found: {
        ...right,
        emailProvider: { name: "mailgun", enabled: false, default_from_address: "a@example.com" },
      },
      wrong: {
        "e-mail provider": "mailgun",
        "e-mail provider: enabled": "no",
        "e-mail provider: sender": "a@example.com",
      },
    },
    {
      title: "a phone provider that is switched off and offers no calls",
      found: {
        ...right,
        phoneProvider: {
          ...phoneProvider,
          disabled: true,
          configuration: { delivery_methods: ["text"] },
        },
      },
      wrong: { "phone provider: enabled": "no", "phone provider: delivery methods": "text" },
    },
    {
      title: "the older phone experience",
      found: right,
      consolidated: false,
      wrong: { "tenant: unified phone experience": "off" },
    },
    {
      title: "a connection that sends past the provider, for one application too few",
      found: {
        ...right,
        connections: [{ ...connection, clients: ["web"], options: { provider: "sms_gateway" } }],
      },
      wrong: {
        "connection email: applications": "without app",
        "connection email: sends through": "sms_gateway, past the provider",
      },
    },
    {
      title: "no connection",
      found: { ...right, connections: [] },
      wrong: { "connection email": "none", "connection email: applications": "without app, web" },
    },
  ])("finds $title, and says what to do", ({ found, consolidated = true, wrong }) => {
    const checks = compareInventory(environment, built, found, consolidated);
    const notFine = checks.filter(({ fine }) => !fine);
    expect(Object.fromEntries(notFine.map(({ what, got }) => [what, got]))).toEqual(wrong);
    for (const { todo } of notFine) expect(todo).toMatch(/npx otp deploy shop|dashboard|remove/);
  });
});
