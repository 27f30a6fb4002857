import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkEnvironment } from "../../../config/load.ts";
import { startTenant } from "../../../emulator/tenant/index.ts";
import type { Tenant } from "../../../emulator/tenant/index.ts";
import { releaseDrafts, resendSecrets, secretTimes } from "../../../otp/tenant/action-release.ts";
import { takeInventory } from "../../../otp/tenant/inventory.ts";
import { reachTenant } from "../../../otp/tenant/tenant.ts";
import type { TenantAccess } from "../../../otp/tenant/tenant.ts";

const trusted = getCACertificates("default");
const code = "exports.onExecuteCustomEmailProvider = async () => undefined;";
let local: Tenant;
let tenant: TenantAccess;

const environment = checkEnvironment(
  {
    name: "shop",
    domain: "shop.eu.auth0.com",
    backend: { type: "local" },
    email: {
      from: { address: "login@example.com" },
      vendors: [{ vendor: "postmark", serverToken: { secret: "POSTMARK_TOKEN" } }],
    },
  },
  "shop.ts",
);
const inventory = () => takeInventory(tenant, environment);

beforeAll(async () => {
  // An Action is pending and building for a while, as in a real tenant.
  local = await startTenant({ buildDelay: 300 });
  setDefaultCACertificates([...trusted, local.certificate]);
  tenant = await reachTenant({
    name: "shop",
    domain: local.domain,
    variables: {
      AUTH0_CLIENT_ID: local.credentials.clientId,
      AUTH0_CLIENT_SECRET: local.credentials.clientSecret,
    },
    say: () => undefined,
  });
  await tenant.api.actions.create({
    name: "custom-email-provider",
    supported_triggers: [{ id: "custom-email-provider", version: "v1" }],
    code,
    runtime: "node22",
    secrets: [{ name: "POSTMARK_TOKEN", value: "first" }],
  });
});

afterAll(async () => {
  setDefaultCACertificates(trusted);
  await local.stop();
});

describe("what an apply left behind", () => {
  it("is not deployed where it is not the built code", async () => {
    expect(await releaseDrafts(tenant, await inventory(), { email: `${code} ` })).toEqual([]);
    expect((await inventory()).actions.email?.deployed_version).toBeUndefined();
  });

  it("is deployed once it is built, and only once", async () => {
    expect(await releaseDrafts(tenant, await inventory(), { email: code })).toEqual(["email"]);
    expect((await inventory()).actions.email?.deployed_version?.code).toBe(code);
    expect(await releaseDrafts(tenant, await inventory(), { email: code })).toEqual([]);
  });

  it("gets its secrets again, deployed, and nothing while any is missing", async () => {
    const before = secretTimes((await inventory()).actions.email);
    await expect(
      resendSecrets(tenant, environment, await inventory(), { POSTMARK_TOKEN: "" }),
    ).rejects.toThrow("got: none for POSTMARK_TOKEN; nothing was sent");
    expect(secretTimes((await inventory()).actions.email)).toBe(before);
    await resendSecrets(tenant, environment, await inventory(), { POSTMARK_TOKEN: "second" });
    const { email } = (await inventory()).actions;
    expect(secretTimes(email)).not.toBe(before);
    expect(email?.deployed_version?.secrets).toEqual(email?.secrets);
  });
});
