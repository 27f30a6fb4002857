import { describe, expect, it } from "vitest";
import { readSettings } from "../../../../emulator/provider/management/settings.ts";

const environment = {
  AUTH0_DOMAIN: "localhost:8443",
  AUTH0_CLIENT_ID: "id",
  AUTH0_CLIENT_SECRET: "canary",
};

describe("the provider's settings", () => {
  it("come from the environment, with the tenant's own audience", () => {
    expect(readSettings({}, environment)).toEqual({
      domain: "localhost:8443",
      clientId: "id",
      clientSecret: "canary",
      audience: "https://localhost:8443/api/v2/",
    });
  });

  it("come from the provider's block first", () => {
    const config = { domain: "tenant.eu.auth0.com", client_id: null, audience: "https://other/" };
    expect(readSettings(config, environment)).toMatchObject({
      domain: "tenant.eu.auth0.com",
      clientId: "id",
      audience: "https://other/",
    });
  });

  it("need no credentials beside a token", () => {
    const given = { AUTH0_DOMAIN: "tenant.eu.auth0.com", AUTH0_API_TOKEN: "token" };
    expect(readSettings({}, given)).toEqual({ domain: "tenant.eu.auth0.com", token: "token" });
  });

  it.each([
    ["domain", { ...environment, AUTH0_DOMAIN: "" }, "AUTH0_DOMAIN"],
    ["client id", { ...environment, AUTH0_CLIENT_ID: undefined }, "AUTH0_CLIENT_ID"],
    ["client secret", { ...environment, AUTH0_CLIENT_SECRET: undefined }, "AUTH0_CLIENT_SECRET"],
    ["domain with a path", { ...environment, AUTH0_DOMAIN: "a.com/x" }, "got: a.com/x"],
  ])("are refused without a usable %s, in words that name it", (_what, given, named) => {
    expect(() => readSettings({}, given)).toThrow(named);
  });
});
