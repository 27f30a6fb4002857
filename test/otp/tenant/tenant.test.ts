import { createServer } from "node:https";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCertificate } from "../../../emulator/certificate.ts";
import { startTenant } from "../../../emulator/tenant/index.ts";
import type { Tenant } from "../../../emulator/tenant/index.ts";
import { needScopes, reachTenant } from "../../../otp/tenant/tenant.ts";
import type { Patience } from "../../../otp/tenant/fetch-with-retry.ts";

let tenant: Tenant;
const trusted = getCACertificates("default");
const said: string[] = [];

beforeAll(async () => {
  tenant = await startTenant();
  setDefaultCACertificates([...trusted, tenant.certificate]);
});

afterAll(async () => {
  setDefaultCACertificates(trusted);
  await tenant.stop();
});

const reach = (more: Partial<Patience> = {}, domain = tenant.domain) =>
  reachTenant({
    name: "shop",
    domain,
    variables: {
      AUTH0_CLIENT_ID: tenant.credentials.clientId,
      AUTH0_CLIENT_SECRET: tenant.credentials.clientSecret,
    },
    say: (line) => said.push(line),
    ...more,
  });

const token = (claims: object) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256" })}.${part(claims)}.c2lnbmVk`;
};

describe("a token", () => {
  const whole = () => ({
    iss: `${tenant.url}/`,
    aud: [`${tenant.url}/api/v2/`, `${tenant.url}/userinfo`],
    exp: Math.floor(Date.now() / 1000) + 60,
  });
  const given = (claims: object) =>
    reachTenant({
      name: "shop",
      domain: tenant.domain,
      variables: { AUTH0_API_TOKEN: token(claims) },
      say: () => undefined,
    });

  it("is taken as it is, with its scopes, where it is this tenant's", async () => {
    const { scopes } = await given({ ...whole(), scope: "read:actions read:logs" });
    expect([...scopes]).toEqual(["read:actions", "read:logs"]);
  });

  it.each([
    {
      title: "of another tenant",
      claims: { iss: "https://a.eu.auth0.com/" },
      words: "a token that https://a.eu.auth0.com/ issued",
    },
    { title: "of nobody", claims: { iss: undefined }, words: "a token that nobody issued" },
    {
      title: "for another API",
      claims: { aud: "https://api.example.com" },
      words: "got: one for https://api.example.com",
    },
    {
      title: "that is over",
      claims: { exp: 1_700_000_000 },
      words: "got: one that ended at 2023-11-14T22:13:20.000Z",
    },
  ])("$title is refused", async ({ claims, words }) => {
    await expect(given({ ...whole(), ...claims })).rejects.toThrow(words);
  });

  it("that is no JWT is refused without showing it", async () => {
    const opaque = "opaque-canary";
    const reached = reachTenant({
      name: "shop",
      domain: tenant.domain,
      variables: { AUTH0_API_TOKEN: opaque },
      say: () => undefined,
    });
    await expect(reached).rejects.toThrow("in AUTH0_API_TOKEN, got: something that is not a JWT");
    await expect(reached).rejects.not.toThrow(opaque);
  });

  it.each([
    { variables: {}, missing: "AUTH0_CLIENT_ID" },
    {
      variables: { AUTH0_CLIENT_ID: "id", AUTH0_CLIENT_SECRET: "" },
      missing: "AUTH0_CLIENT_SECRET",
    },
    // An environment's own are never completed by the common ones.
    {
      variables: { AUTH0_CLIENT_SECRET: "s", SHOP_AUTH0_CLIENT_ID: "id" },
      missing: "AUTH0_CLIENT_SECRET",
    },
  ])("needs $missing", async ({ variables, missing }) => {
    const reached = reachTenant({
      name: "shop",
      domain: tenant.domain,
      variables,
      say: () => undefined,
    });
    await expect(reached).rejects.toThrow(
      `shop: expected credentials of the tenant, got: no ${missing}`,
    );
  });
});

describe("a tenant that is reached", () => {
  it("is waited for as long as it says, and that is said", async () => {
    const { api, list } = await reach();
    said.length = 0;
    tenant.faults.inject({ status: 429, headers: { "retry-after": "1" } });
    expect(await list(api.actions.list({}))).toEqual([]);
    expect(said).toEqual([
      `${tenant.domain} takes no more requests for now (its rate limit); waiting 1.0 s`,
    ]);
  });

  it("is not waited for without end", async () => {
    const { api, list } = await reach({ rateLimitMs: 900 });
    tenant.faults.inject({ status: 429, headers: { "retry-after": "1" } });
    await expect(list(api.actions.list({}))).rejects.toThrow("got: its rate limit for 0.9 s");
  });

  it.each([
    { title: "a broken connection", fault: { reset: true } },
    { title: "a passing failure", fault: { status: 503 } },
  ])("is asked again after $title, twice at most", async ({ fault }) => {
    const { api, list } = await reach();
    tenant.faults.inject({ ...fault, times: 2 });
    expect(await list(api.actions.list({}))).toEqual([]);
    tenant.faults.inject({ ...fault, times: 3 });
    await expect(list(api.actions.list({}))).rejects.toThrow(/ECONNRESET|UND_ERR_SOCKET|503/);
    tenant.faults.clear();
  });

  it("is not written to twice after a broken connection", async () => {
    const { api, ask } = await reach();
    const before = tenant.requests.length;
    tenant.faults.inject({ method: "PATCH", reset: true });
    await expect(ask(api.tenants.settings.update({}))).rejects.toThrow("a connection that failed");
    expect(tenant.requests.length - before).toBe(1);
  });

  it("gives undefined for what it does not have, and its words for what it refuses", async () => {
    const { api, ask, find } = await reach();
    expect(await find(api.emails.provider.get())).toBeUndefined();
    await expect(ask(api.actions.get("none"))).rejects.toThrow(
      `expected ${tenant.domain} to agree, got: 404 That action does not exist.`,
    );
  });

  it("names the scope that a call lacks", async () => {
    const poor = await startTenant({
      credentials: { clientId: "poor", clientSecret: "poor", scopes: ["read:logs"] },
    });
    try {
      setDefaultCACertificates([...trusted, tenant.certificate, poor.certificate]);
      const access = await reachTenant({
        name: "shop",
        domain: poor.domain,
        variables: { AUTH0_CLIENT_ID: "poor", AUTH0_CLIENT_SECRET: "poor" },
        say: () => undefined,
      });
      await expect(access.list(access.api.actions.list({}))).rejects.toThrow(
        "expected credentials with the scope read:actions, got: ones without it",
      );
      expect(() => {
        needScopes(access, ["read:logs", "read:actions", "read:connections"]);
      }).toThrow("expected credentials with the scopes read:actions, read:connections, got:");
    } finally {
      await poor.stop();
    }
  });
});

describe("a tenant that is not reached", () => {
  let stranger: Server;

  beforeAll(async () => {
    const { key, cert } = await makeCertificate();
    stranger = createServer({ key, cert }, () => undefined).listen(0, "127.0.0.1");
    await new Promise((resolve) => stranger.once("listening", resolve));
  });

  afterAll(() => {
    stranger.closeAllConnections();
    stranger.close();
  });

  const port = () => String((stranger.address() as AddressInfo).port);

  it.each([
    {
      title: "without an address",
      domain: () => "no-tenant.invalid",
      words: /got: no address for it \((ENOTFOUND|EAI_AGAIN)\); check the domain/,
    },
    {
      title: "where nothing listens",
      domain: () => "localhost:10",
      words: /got: a connection that failed \(ECONNREFUSED\)/,
    },
    {
      title: "with a certificate of its own",
      domain: () => `localhost:${port()}`,
      words:
        /a certificate that this machine does not trust \(DEPTH_ZERO_SELF_SIGNED_CERT\); NODE_EXTRA_CA_CERTS/,
    },
  ])("$title, is named with the reason", async ({ domain, words }) => {
    await expect(reach({}, domain())).rejects.toThrow(words);
  });

  it("is given up when it does not answer in time", async () => {
    tenant.faults.inject({ delayMs: 2_000 });
    await expect(reach({ answerMs: 300 })).rejects.toThrow("to answer, got: no answer in time");
  });

  it("is left at once when somebody interrupts", async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(reach({ signal: controller.signal })).rejects.toThrow(
      expect.objectContaining({ name: "AbortError" }),
    );
  });
});
