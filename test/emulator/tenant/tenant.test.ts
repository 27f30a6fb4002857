import { ManagementClient } from "auth0";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTenant } from "../../../emulator/tenant/index.ts";
import type { Tenant, TenantOptions } from "../../../emulator/tenant/index.ts";
import { deployed, managementOf, post, trust } from "./management.ts";

let tenant: Tenant;
async function restart(options: TenantOptions): Promise<void> {
  await tenant.stop();
  tenant = await startTenant(options);
  trust(tenant);
}
beforeEach(async () => {
  tenant = await startTenant();
  trust(tenant);
});
afterEach(() => tenant.stop());

describe("a port that is taken", () => {
  it("is named in one line with what to do", async () => {
    const port = Number(new URL(tenant.url).port);
    await expect(startTenant({ port })).rejects.toThrow(
      new RegExp(`^expected port ${port} to be free .*choose another port.*$`),
    );
  });
});

describe("the Management API", () => {
  const actions = "/api/v2/actions/actions";

  it.each([
    ["no token", {}, "Missing authentication"],
    ["a token of nobody's", { authorization: "Bearer x.y.z" }, "Invalid token"],
  ])("answers 401 to %s", async (_, headers, message) => {
    const response = await fetch(`${tenant.url}${actions}`, { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ statusCode: 401, error: "Unauthorized", message });
  });

  it("answers 401 to a token that has run out", async () => {
    let now = Date.now();
    await restart({ clock: () => now });
    const api = await managementOf(tenant);
    now += 86_400_001;
    expect((await api.call("GET", "/actions/actions")).status).toBe(401);
  });

  it("answers 403 to a token without the scope", async () => {
    const api = await managementOf(tenant, "read:actions");
    expect((await api.call("GET", "/actions/actions")).status).toBe(200);
    expect(await api.call("POST", "/actions/actions", {})).toMatchObject({
      status: 403,
      body: {
        statusCode: 403,
        error: "Forbidden",
        message: "Insufficient scope, expected any of: create:actions",
        errorCode: "insufficient_scope",
      },
    });
  });

  it("gives a client no more scopes than it has", async () => {
    const credentials = { clientId: "m2m", clientSecret: "s", scopes: ["read:actions"] };
    await restart({ credentials });
    const api = await managementOf(tenant, "read:actions create:actions");
    expect((await api.call("POST", "/actions/actions", {})).status).toBe(403);
  });

  it("is spoken to by the official SDK", async () => {
    const sdk = new ManagementClient({ domain: tenant.domain, ...tenant.credentials });
    for (const strategy of ["email", "sms", "auth0"] as const)
      await sdk.connections.create({ name: strategy, strategy });
    const found = await sdk.connections.list({ strategy: ["email", "sms"] });
    expect(found.data.map(({ name }) => name)).toEqual(["email", "sms"]);
    await expect(sdk.emails.provider.get()).rejects.toMatchObject({ statusCode: 404 });
  });

  it("tells its rate limits", async () => {
    const { headers } = await (await managementOf(tenant)).call("GET", "/actions/actions");
    expect(Number(headers.get("x-ratelimit-remaining"))).toBeGreaterThan(0);
    expect(Number(headers.get("x-ratelimit-reset")) * 1000).toBeGreaterThan(Date.now());
  });

  it.each([
    ["not JSON", "{", 400],
    ["too large", JSON.stringify({ code: "x".repeat(2000) }), 413],
  ])("refuses a body that is %s", async (_, body, status) => {
    await restart({ maxBodyBytes: 1000 });
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${tenant.url}${actions}`, { method: "POST", headers, body });
    expect(response.status).toBe(status);
  });
});

describe("client credentials", () => {
  const grant = (more: Record<string, string>): Record<string, string> => ({
    grant_type: "client_credentials",
    client_id: tenant.credentials.clientId,
    client_secret: tenant.credentials.clientSecret,
    audience: `${tenant.url}/api/v2/`,
    ...more,
  });

  it.each([
    ["a wrong secret", { client_secret: "x" }, 401, "invalid_client"],
    ["an unknown client", { client_id: "x" }, 401, "invalid_client"],
    ["another audience", { audience: "https://example.com/" }, 403, "access_denied"],
    ["no audience", { audience: "" }, 400, "invalid_request"],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type"],
  ])("are refused with %s", async (_, more, status, error) => {
    expect(await post(`${tenant.url}/oauth/token`, grant(more))).toMatchObject({
      status,
      body: { error },
    });
  });

  it("are taken as a form and by HTTP Basic", async () => {
    const { client_id = "", client_secret = "", ...rest } = grant({});
    const basic = Buffer.from(`${client_id}:${client_secret}`).toString("base64");
    const response = await fetch(`${tenant.url}/oauth/token`, {
      method: "POST",
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams(rest),
    });
    expect(response.status).toBe(200);
  });

  it("give a passcode client nothing", async () => {
    const { clientId: client_id, clientSecret: client_secret } = tenant.client;
    expect(
      await post(`${tenant.url}/oauth/token`, grant({ client_id, client_secret })),
    ).toMatchObject({ status: 403, body: { error: "unauthorized_client" } });
  });
});

describe("requests", () => {
  it("are recorded without authorization, secrets and credentials", async () => {
    const api = await managementOf(tenant);
    await api.call("POST", "/branding/phone/providers", {
      name: "twilio",
      configuration: { sid: "AC1", delivery_methods: ["text"] },
      credentials: { auth_token: "canary-token" },
    });
    const [token, provider] = tenant.requests;
    expect(token).toMatchObject({ path: "/oauth/token", body: { client_secret: "(redacted)" } });
    expect(provider).toMatchObject({
      method: "POST",
      path: "/api/v2/branding/phone/providers",
      status: 400,
      body: { name: "twilio", credentials: { auth_token: "(redacted)" } },
    });
    expect(JSON.stringify(tenant.requests)).not.toContain("canary");
    expect(JSON.stringify(tenant.requests)).not.toContain(tenant.credentials.clientSecret);
    expect(provider?.headers).not.toHaveProperty("authorization");
  });

  it("get the injected status as often as was asked, and are recorded with it", async () => {
    const api = await managementOf(tenant);
    const headers = { "x-ratelimit-reset": "5" };
    tenant.faults.inject({ method: "GET", path: /actions$/, times: 2, status: 429, headers });
    const replies = [];
    for (let i = 0; i < 3; i++) replies.push(await api.call("GET", "/actions/actions"));
    expect(replies.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(replies[0]?.headers.get("x-ratelimit-reset")).toBe("5");
    expect(tenant.requests.map(({ status }) => status)).toEqual([200, 429, 429, 200]);
  });

  it.each([
    ["before they are handled", true, 0],
    ["after they took effect", "after", 1],
  ] as const)("are cut off %s", async (_, reset, created) => {
    const api = await managementOf(tenant);
    tenant.faults.inject({ method: "POST", path: "/api/v2/connections", reset });
    const connection = { name: "email", strategy: "email" };
    await expect(api.call("POST", "/connections", connection)).rejects.toThrow("fetch failed");
    expect((await api.call("GET", "/connections")).body).toHaveLength(created);
  });

  it("are left alone once faults are cleared", async () => {
    const api = await managementOf(tenant);
    tenant.faults.inject({ status: 500, times: 100 });
    tenant.faults.clear();
    expect((await api.call("GET", "/actions/actions")).status).toBe(200);
  });
});

describe("providers of the name custom", () => {
  const code = "exports.x = 1";
  const email = { name: "custom", credentials: {}, enabled: true };
  const phone = { name: "custom", credentials: {}, configuration: { delivery_methods: ["text"] } };

  it.each([
    ["/emails/provider", email, { message: "No deployed action was found" }],
    [
      "/branding/phone/providers",
      phone,
      { errorCode: "custom_email_provider_deployed_action_not_found" },
    ],
  ])("need a deployed Action: %s", async (path, provider, body) => {
    const api = await managementOf(tenant);
    expect(await api.call("POST", path, provider)).toMatchObject({ status: 409, body });
    await deployed(api, "custom-email-provider", code);
    await deployed(api, "custom-phone-provider", code);
    expect((await api.call("POST", path, provider)).status).toBe(201);
    expect((await api.call("POST", path, provider)).status).toBe(409);
  });
});

it("serves two tenants at once that know nothing of each other", async () => {
  const other = await startTenant();
  try {
    trust(tenant, other);
    const [here, there] = await Promise.all([managementOf(tenant), managementOf(other)]);
    await here.ok("POST", "/connections", { name: "email", strategy: "email" });
    expect((await there.call("GET", "/connections")).body).toEqual([]);
  } finally {
    await other.stop();
  }
});
