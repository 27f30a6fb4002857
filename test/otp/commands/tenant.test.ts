import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setStage } from "../tenant/environment-run.ts";
import type { Stage } from "../tenant/environment-run.ts";

let stage: Stage;
let plans: string;

/** With the key that the inbox takes. */
const otp = (args: readonly string[], variables?: NodeJS.ProcessEnv) => {
  const { INBOX_API_KEY } = stage.services.variables;
  return stage.otp(args, { INBOX_API_KEY, ...variables });
};

const requests = () => stage.services.tenant.requests.length;
const writes = () =>
  stage.services.tenant.requests.filter(
    ({ method, path }) => method !== "GET" && path.startsWith("/api/v2/"),
  ).length;

beforeAll(async () => {
  stage = await setStage("shop");
  plans = join(stage.folder, "plans");
  const planned = await otp(["plan", stage.file, "--out", plans]);
  expect(planned.code, planned.stderr).toBe(0);
});

afterAll(async () => {
  await stage.stop();
});

describe("what is said before anything is written", () => {
  it("names a plan that is not there, not whole, or of another environment", async () => {
    const missing = await otp(["deploy", stage.file, "--plan", join(plans, "nothing")]);
    expect(missing).toMatchObject({ code: 3 });
    expect(missing.stderr).toMatch(/to be a folder that `otp plan` made, got: no plan\.json in it/);
    const other = join(stage.folder, "other.ts");
    await writeFile(
      other,
      `import shop from "./shop.ts";\nexport default { ...shop, name: "other" };\n`,
    );
    const wrong = await otp(["deploy", other, "--plan", join(plans, "shop")]);
    expect(wrong).toMatchObject({ code: 3 });
    expect(wrong.stderr).toContain("other: expected a plan of other, got: one of shop");
  });

  it("wants agreement where nobody can be asked", async () => {
    const asked = await otp(["deploy", stage.file]);
    expect(asked).toMatchObject({ code: 1 });
    expect(asked.stderr).toContain("got: no terminal to ask on; add --yes");
  });

  it("stops at the first environment that fails and says which were not deployed", async () => {
    const [staging, production] = ["staging", "production"].map((name) =>
      join(stage.folder, `${name}.ts`),
    );
    const shop = `import shop from "./shop.ts";\n`;
    const unreachable = `export default { ...shop, name: "staging", domain: "localhost:10" };\n`;
    await writeFile(staging ?? "", shop + unreachable);
    await writeFile(
      production ?? "",
      `${shop}export default { ...shop, name: "production", promotedFrom: "staging" };\n`,
    );
    const before = writes();
    const failed = await otp(["deploy", production ?? "", staging ?? "", "--yes"]);
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.stderr).toBe(
      "staging failed; not deployed: production\n" +
        "expected localhost:10 to answer, got: a connection that failed (ECONNREFUSED); check this machine's network and proxy\n",
    );
    expect(writes()).toBe(before);
  });

  const token = (claims: object) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "RS256" })}.${part(claims)}.c2lnbmVk`;
  };

  it.each([
    {
      title: "a token of another tenant",
      claims: { iss: "https://other.eu.auth0.com/", scope: "update:actions" },
      said: "got: a token that https://other.eu.auth0.com/ issued; nothing was written",
    },
    {
      title: "a token without scopes that are needed",
      claims: { scope: "read:actions create:actions read:email_provider create:email_provider" },
      said: "expected credentials with the scopes update:actions, update:email_provider, read:phone_providers, create:phone_providers, update:phone_providers, read:tenant_settings, got: ones without them",
    },
  ])("refuses $title", async ({ claims, said }) => {
    const { url } = stage.services.tenant;
    const all = { iss: `${url}/`, aud: `${url}/api/v2/`, exp: Date.now(), ...claims };
    const before = requests();
    const refused = await otp(["deploy", stage.file, "--yes"], { AUTH0_API_TOKEN: token(all) });
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain(said);
    expect(requests()).toBe(before);
  });

  it("takes an environment's own credentials before the common ones", async () => {
    const common = { AUTH0_CLIENT_ID: "nobody", AUTH0_CLIENT_SECRET: "none" };
    const refused = await otp(["verify", stage.file], common);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain("to know the client of AUTH0_CLIENT_ID, got: 401");
    const { clientId, clientSecret } = stage.services.tenant.credentials;
    const own = { SHOP_AUTH0_CLIENT_ID: clientId, SHOP_AUTH0_CLIENT_SECRET: clientSecret };
    const found = await otp(["verify", stage.file, "--json"], { ...common, ...own });
    expect(JSON.parse(found.stdout)).toMatchObject([{ environment: "shop", fine: false }]);
  });
});

describe("a message that is tried", () => {
  beforeAll(async () => {
    const deployed = await otp(["deploy", stage.file, "--plan", join(plans, "shop")]);
    expect(deployed.code, deployed.stderr).toBe(0);
  });

  it("waits for a tenant that takes no more requests, says so, and tells what was sent", async () => {
    stage.services.tenant.faults.inject({
      path: "/api/v2/branding/phone/providers",
      status: 429,
      headers: { "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 1) },
    });
    const tried = await otp(["send", stage.file, "--to", "+15005550006"]);
    expect(tried).toMatchObject({ code: 0, stdout: "sent: Notification sent (cls)\n" });
    expect(tried.stderr).toMatch(/takes no more requests for now \(its rate limit\); waiting \d/);
    expect(stage.services.inbox.messages[0]).toMatchObject({ to: "+15005550006" });
  });

  it("tells that a message was not sent, without naming its recipient", async () => {
    stage.services.inbox.faults.inject({ status: 400, times: 2 });
    const tried = await otp(["send", stage.file, "--to", "+15005550007", "--json"]);
    expect(tried).toMatchObject({ code: 1 });
    expect(JSON.parse(tried.stdout)).toMatchObject([{ type: "fn", outcome: "not sent" }]);
    expect(tried.stdout).not.toContain("5550007");
  });

  it.each([
    {
      title: "an application",
      to: ["jo@example.org"],
      said: "name one that may use the connection email with --client",
    },
    {
      title: "an application that the tenant knows",
      to: ["jo@example.org", "--client", "x"],
      said: "got: 400 Client authentication failed",
    },
    {
      title: "a recipient",
      to: ["jo"],
      said: "expected --to with an e-mail address or a number such as +15005550006",
    },
  ])("asks for $title", async ({ to, said }) => {
    const tried = await otp(["send", stage.file, "--to", ...to]);
    expect(tried).toMatchObject({ code: 1 });
    expect(tried.stderr).toContain(said);
  });
});
