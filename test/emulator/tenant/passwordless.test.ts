import { AuthenticationClient } from "auth0/legacy";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTenant } from "../../../emulator/tenant/index.ts";
import type { Tenant, TenantOptions } from "../../../emulator/tenant/index.ts";
import { postingAction, startCollector } from "./collector.ts";
import type { Collector } from "./collector.ts";
import { deployed, managementOf, post, trust } from "./management.ts";
import type { Management, Reply } from "./management.ts";

interface EmailEvent {
  readonly notification: { readonly text: string; readonly html: string };
}
interface PhoneEvent {
  readonly notification: {
    readonly code: string;
    readonly as_text: string;
    readonly from?: string;
  };
}

const otpGrant = "http://auth0.com/oauth/grant-type/passwordless/otp";
let now: number;
let tenant: Tenant;
let management: Management;
let collector: Collector;

/** A tenant whose mail and text messages reach the collector, as their Actions' events. */
async function start(options: TenantOptions = {}): Promise<void> {
  tenant = await startTenant({ trust: [collector.certificate], ...options });
  trust(tenant);
  management = await managementOf(tenant);
  const secrets = [{ name: "URL", value: collector.url }];
  await deployed(management, "custom-email-provider", postingAction, secrets);
  await deployed(management, "custom-phone-provider", postingAction, secrets);
  await management.ok("POST", "/emails/provider", {
    name: "custom",
    enabled: true,
    default_from_address: "login@example.com",
    credentials: {},
  });
  await management.ok("POST", "/branding/phone/providers", {
    name: "custom",
    configuration: { delivery_methods: ["text"] },
    credentials: {},
  });
}

const request = (more: Record<string, unknown>): Promise<Reply> =>
  post(`${tenant.url}/passwordless/start`, {
    client_id: tenant.client.clientId,
    client_secret: tenant.client.clientSecret,
    send: "code",
    ...more,
  });

const exchange = (realm: string, username: string, otp: string): Promise<Reply> =>
  post(`${tenant.url}/oauth/token`, {
    grant_type: otpGrant,
    client_id: tenant.client.clientId,
    client_secret: tenant.client.clientSecret,
    realm,
    username,
    otp,
  });

async function mailedCode(email = "jo@example.com"): Promise<string> {
  expect((await request({ connection: "email", email })).status).toBe(200);
  await tenant.idle();
  const { notification } = collector.received.at(-1) as EmailEvent;
  return /\d{6}/.exec(notification.text)?.[0] ?? "";
}

beforeEach(async () => {
  now = Date.now();
  collector = await startCollector();
});
afterEach(async () => {
  await Promise.all([tenant.stop(), collector.stop()]);
});

describe("the official SDK", () => {
  const sdk = (): AuthenticationClient =>
    new AuthenticationClient({ domain: tenant.domain, ...tenant.client });

  it("requests a code by e-mail and logs in with it", async () => {
    await start();
    await sdk().passwordless.sendEmail({ email: "jo@example.com", send: "code" });
    await tenant.idle();
    const { notification } = collector.received[0] as EmailEvent;
    const code = /\d{6}/.exec(notification.text)?.[0] ?? "";
    const { data } = await sdk().passwordless.loginWithEmail({ email: "jo@example.com", code });
    const keys = createRemoteJWKSet(new URL(`${tenant.url}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(data.id_token ?? "", keys, {
      issuer: `${tenant.url}/`,
      audience: tenant.client.clientId,
    });
    expect(payload).toMatchObject({ email: "jo@example.com", email_verified: true });
    expect(payload.sub).toMatch(/^email\|[0-9a-f]{24}$/);
  });

  it("requests a code by SMS and logs in with it", async () => {
    await start();
    await sdk().passwordless.sendSMS({ phone_number: "+15005550006" });
    await tenant.idle();
    const { notification } = collector.received[0] as PhoneEvent;
    expect(notification.as_text).toContain(notification.code);
    const { data } = await sdk().passwordless.loginWithSMS({
      phone_number: "+15005550006",
      code: notification.code,
    });
    expect(data.token_type).toBe("Bearer");
  });
});

describe("a code", () => {
  const wrong = { error: "invalid_grant", error_description: "Wrong email or verification code." };
  const other = (code: string): string => (code === "000000" ? "000001" : "000000");

  it("works once", async () => {
    await start();
    const code = await mailedCode();
    expect((await exchange("email", "JO@example.com", code)).status).toBe(200);
    expect(await exchange("email", "jo@example.com", code)).toMatchObject({
      status: 403,
      body: wrong,
    });
  });

  it.each([
    ["works until three minutes have passed", 179_999, 200],
    ["is dead after three minutes", 180_000, 403],
  ])("%s", async (_, later, status) => {
    await start({ clock: () => now });
    const code = await mailedCode();
    now += later;
    expect((await exchange("email", "jo@example.com", code)).status).toBe(status);
  });

  it("is replaced by a newer one", async () => {
    await start();
    const first = await mailedCode();
    const second = await mailedCode();
    if (first !== second)
      expect((await exchange("email", "jo@example.com", first)).body).toEqual(wrong);
    expect((await exchange("email", "jo@example.com", second)).status).toBe(200);
  });

  it.each([
    [2, 200],
    [3, 403],
  ])("after %i wrong tries is answered with %i", async (tries, status) => {
    await start();
    const code = await mailedCode();
    for (let i = 0; i < tries; i++)
      expect((await exchange("email", "jo@example.com", other(code))).status).toBe(403);
    expect((await exchange("email", "jo@example.com", code)).status).toBe(status);
  });

  it("is refused for a phone in words of its own", async () => {
    await start();
    expect((await exchange("sms", "+15005550006", "000000")).body).toEqual({
      error: "invalid_grant",
      error_description: "Wrong phone number or verification code.",
    });
  });
});

describe("the event", () => {
  it("of mail has the documented parts and no code beside the text", async () => {
    await start();
    const code = await mailedCode();
    expect(collector.received).toEqual([
      {
        client: { client_id: tenant.client.clientId, name: "Local application", metadata: {} },
        notification: {
          message_type: "verification_code",
          to: "jo@example.com",
          from: "login@example.com",
          subject: "Your code for Local application",
          html: expect.stringContaining(code) as string,
          text: `Your verification code is: ${code}`,
          locale: "en",
        },
        request: {
          ip: "127.0.0.1",
          hostname: tenant.domain,
          query: {},
          geoip: {},
          user_agent: "node",
        },
        secrets: { URL: collector.url },
        tenant: { id: "local", friendly_name: "Local tenant" },
        transaction: {},
        user: {
          user_id: expect.stringMatching(/^email\|/) as string,
          app_metadata: {},
          user_metadata: {},
          email: "jo@example.com",
          name: "jo@example.com",
          email_verified: false,
        },
      },
    ]);
  });

  it("of a text message has the documented parts", async () => {
    await start();
    await request({ connection: "sms", phone_number: "+15005550006" });
    await tenant.idle();
    const instant: unknown = expect.stringMatching(/^\d{4}-.*Z$/);
    const { code } = (collector.received[0] as PhoneEvent).notification;
    expect(code).toMatch(/^\d{6}$/);
    expect(collector.received).toEqual([
      {
        client: { client_id: tenant.client.clientId, name: "Local application", metadata: {} },
        notification: {
          message_type: "otp_verify",
          recipient: "+15005550006",
          delivery_method: "text",
          as_text: `Your verification code is ${code}`,
          as_voice: `Your verification code is ${code}`,
          code,
          locale: "en",
        },
        request: {
          ip: "127.0.0.1",
          method: "POST",
          geoip: {},
          hostname: tenant.domain,
          user_agent: "node",
        },
        secrets: { URL: collector.url },
        tenant: { id: "local", friendly_name: "Local tenant" },
        transaction: {},
        user: {
          user_id: expect.stringMatching(/^sms\|/) as string,
          app_metadata: {},
          user_metadata: {},
          phone_number: "+15005550006",
          email_verified: false,
          phone_verified: false,
          created_at: instant,
          updated_at: instant,
        },
      },
    ]);
  });

  it("takes sender, subject, words and code length from the connection", async () => {
    await start();
    const { id } = await management.ok("POST", "/connections", {
      name: "email",
      strategy: "email",
      enabled_clients: [tenant.client.clientId],
      options: {
        totp: { length: 4, time_step: 60 },
        email: {
          from: "Shop <shop@example.com>",
          subject: "{{ application.name }}: {{code}}",
          body: "<style>p{}</style><p>Code <b>{{ code }}</b></p>",
        },
      },
    });
    await request({ connection: "email", email: "jo@example.com" });
    await tenant.idle();
    expect(collector.received[0]).toMatchObject({
      connection: { id, name: "email", strategy: "email" },
      notification: {
        from: "Shop <shop@example.com>",
        subject: expect.stringMatching(/^Local application: \d{4}$/) as string,
        html: expect.stringMatching(/<b>\d{4}<\/b>/) as string,
        text: expect.stringMatching(/^Code \d{4}$/) as string,
      },
    });
  });

  it("takes the words of an SMS from the connection's macros", async () => {
    await start();
    await management.ok("POST", "/connections", {
      name: "sms",
      strategy: "sms",
      enabled_clients: [tenant.client.clientId],
      options: { template: "@@password@@ is it", from: "+15005550001" },
    });
    await request({ connection: "sms", phone_number: "+15005550006" });
    await tenant.idle();
    const { notification } = collector.received[0] as PhoneEvent;
    expect(notification.as_text).toBe(`${notification.code} is it`);
    expect(notification.from).toBe("+15005550001");
  });
});

describe("/passwordless/start refuses", () => {
  it.each([
    ["an unknown client", { client_id: "nobody" }, "invalid_client"],
    ["a wrong secret", { client_secret: "wrong" }, "invalid_client"],
    ["no connection", { connection: undefined }, "bad.connection"],
    ["a connection that is not passwordless", { connection: "google" }, "bad.connection"],
    ["no recipient", { email: undefined }, "bad.email"],
    ["a bad mail address", { email: "jo" }, "bad.email"],
    ["a bad number", { connection: "sms", phone_number: "0123" }, "bad.phone_number"],
    ["links", { send: "link" }, "bad.send"],
    ["links, the default of mail", { send: undefined }, "bad.send"],
  ])("%s", async (_, more, error) => {
    await start();
    const reply = await request({ connection: "email", email: "jo@example.com", ...more });
    expect(reply).toMatchObject({ status: 400, body: { error } });
    expect(tenant.executions).toEqual([]);
  });

  it("a client that the connection is not enabled for", async () => {
    await start();
    await management.ok("POST", "/connections", { name: "email", strategy: "email" });
    const reply = await request({ connection: "email", email: "jo@example.com" });
    expect(reply).toMatchObject({ status: 400, body: { error: "bad.connection" } });
  });
});

describe("a code is not sent, and the log says why,", () => {
  const sms = { connection: "sms", phone_number: "+15005550006" };
  const mail = { connection: "email", email: "jo@example.com" };
  const phone = async (patch: unknown): Promise<void> => {
    const { providers } = await management.ok("GET", "/branding/phone/providers");
    const [{ id } = { id: "" }] = providers as { id: string }[];
    await management.ok("PATCH", `/branding/phone/providers/${id}`, patch);
  };

  it.each<[string, () => Promise<unknown>, Record<string, string>, RegExp]>([
    [
      "without an e-mail provider",
      () => management.ok("DELETE", "/emails/provider"),
      mail,
      /no email provider/,
    ],
    [
      "when the e-mail provider is disabled",
      () => management.ok("PATCH", "/emails/provider", { enabled: false }),
      mail,
      /disabled/,
    ],
    ["when the phone provider is disabled", () => phone({ disabled: true }), sms, /disabled/],
    [
      "when the phone provider lacks the method",
      () => phone({ configuration: { delivery_methods: ["voice"] } }),
      sms,
      /by text/,
    ],
    [
      "without the unified phone experience",
      () => management.ok("PATCH", "/tenants/settings", { phone_consolidated_experience: false }),
      sms,
      /phone_consolidated_experience/,
    ],
    [
      "when no Action is bound",
      () =>
        management.ok("PATCH", "/actions/triggers/custom-phone-provider/bindings", {
          bindings: [],
        }),
      sms,
      /no deployed Action is bound/,
    ],
  ])("%s", async (_, prepare, recipient, reason) => {
    await start();
    await prepare();
    expect((await request(recipient)).status).toBe(200);
    await tenant.idle();
    expect(collector.received).toEqual([]);
    const { body } = await management.call("GET", "/logs?q=type:fn");
    expect(body).toMatchObject([
      { type: "fn", description: expect.stringMatching(reason) as string },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/jo@example|5005550006/);
  });
});

describe("a person's token", () => {
  const exchangeFor = (code: string, more: Record<string, unknown>): Promise<Reply> =>
    post(`${tenant.url}/oauth/token`, {
      grant_type: otpGrant,
      client_id: tenant.client.clientId,
      client_secret: tenant.client.clientSecret,
      realm: "email",
      username: "jo@example.com",
      otp: code,
      ...more,
    });

  it.each([
    [
      "the Management API",
      () => ({ audience: `${tenant.url}/api/v2/`, scope: "read:actions" }),
      403,
    ],
    ["an unknown API", () => ({ audience: "https://example.com/" }), 403],
    ["a refresh token", () => ({ scope: "openid offline_access" }), 400],
  ])("is refused for %s", async (_, more, status) => {
    await start();
    const code = await mailedCode();
    expect((await exchangeFor(code, more())).status).toBe(status);
    expect((await exchangeFor(code, {})).status).toBe(200);
  });

  it("has none of the scopes that people cannot have", async () => {
    await start();
    const { body } = await exchangeFor(await mailedCode(), { scope: "openid read:actions email" });
    expect(body).toMatchObject({ scope: "openid email" });
  });
});

it("a Basic header with a broken escape is no client, not an error of the tenant", async () => {
  await start();
  const authorization = `Basic ${Buffer.from("%E0%A4%A:x").toString("base64")}`;
  const answer = await post(
    `${tenant.url}/oauth/token`,
    { grant_type: "client_credentials" },
    { authorization },
  );
  expect(answer.status).toBe(401);
});
