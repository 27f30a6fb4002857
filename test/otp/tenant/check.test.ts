import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTenant } from "../../../emulator/tenant/index.ts";
import type { Tenant } from "../../../emulator/tenant/index.ts";
import { deployScopes } from "../../../otp/tenant/check.ts";
import { loadEnvironmentFile } from "../../../config/load.ts";
import { call } from "../../stacks/https.ts";
import type { Stage } from "./environment-run.ts";
import { apiKey, madeByHand, setStage } from "./environment-run.ts";

interface Finding {
  readonly what: string;
  readonly got: string;
  readonly fine: boolean;
  readonly todo?: string;
}

/** What a deploy of both channels with a passwordless connection needs, and nothing more. */
const exactScopes = ["actions", "email_provider", "phone_providers", "connections"]
  .flatMap((thing) => ["read", "create", "update"].map((verb) => `${verb}:${thing}`))
  .concat("read:tenant_settings");

let stage: Stage;
let poor: Stage;
let other: Tenant;

beforeAll(async () => {
  stage = await setStage("checked", {
    credentials: { clientId: "exact", clientSecret: "exact-secret", scopes: exactScopes },
  });
  poor = await setStage("poor", {
    phoneConsolidatedExperience: false,
    credentials: {
      clientId: "poor",
      clientSecret: "poor-secret",
      scopes: [
        ...["read:actions", "create:actions", "update:actions", "read:tenant_settings"],
        ...["read:email_provider", "create:email_provider", "read:phone_providers"],
      ],
    },
  });
  await madeByHand(poor, "email", { name: "By hand", code: "exports.x = 1;" });
  other = await startTenant();
});
afterAll(() => Promise.all([stage.stop(), poor.stop(), other.stop()]));

/** The findings that are not fine, by what was looked at. */
async function findings(
  on: Stage,
  variables: NodeJS.ProcessEnv = {},
): Promise<Readonly<Record<string, Finding>>> {
  const { code, stdout, stderr } = await on.otp(["check", on.file, "--json"], variables);
  expect(stderr).toBe("");
  const [report] = JSON.parse(stdout) as { fine: boolean; checks: Finding[] }[];
  expect(code).toBe(report?.fine ? 0 : 1);
  const wrong = (report?.checks ?? []).filter(({ fine }) => !fine);
  for (const { todo } of wrong) expect(todo).toBeTruthy();
  return Object.fromEntries(wrong.map((one) => [one.what, one]));
}

/** A token of the Management API of another tenant. */
async function foreignToken(): Promise<string> {
  const { text } = await call(`${other.url}/oauth/token`, other.certificate, {
    method: "POST",
    body: {
      grant_type: "client_credentials",
      client_id: other.credentials.clientId,
      client_secret: other.credentials.clientSecret,
      audience: `${other.url}/api/v2/`,
    },
  });
  return (JSON.parse(text) as { access_token: string }).access_token;
}

describe("otp check", () => {
  it("is content with an environment that otp new made, and says so in a table", async () => {
    const made = await stage.otp([
      ...["new", "fresh", "--out", stage.folder, "--domain", stage.services.tenant.domain],
      ...["--email-vendor", "http", "--set", "http.url=https://example.com/send"],
      ...["--from", "login@example.com"],
    ]);
    expect(made.code, made.stderr).toBe(0);
    const { code, stdout } = await stage.otp(["check", join(stage.folder, "fresh.ts")], {
      EMAIL_HTTP_API_KEY: apiKey,
    });
    expect(stdout).not.toContain("✗");
    for (const what of ["Terraform", "Node", ".gen", "secrets", "email bundle", "state", "scopes"])
      expect(stdout).toContain(`✓  ${what} `);
    expect(code).toBe(0);
  });

  it("names a missing Terraform and missing secrets, all at once", async () => {
    const found = await findings(stage, {
      TERRAFORM_BINARY_NAME: join(stage.folder, "no-terraform"),
      INBOX_API_KEY: "",
    });
    expect(Object.keys(found)).toEqual(["Terraform", "secrets", "state"]);
    expect(found["Terraform"]?.got).toBe("none");
    expect(found["secrets"]?.got).toBe("none for INBOX_API_KEY");
  });

  it("names missing scopes, a tenant without the phone experience, and what is set up by hand", async () => {
    const found = await findings(poor);
    expect(Object.keys(found)).toEqual(["scopes", "unified phone experience", "set up by hand"]);
    expect(found["scopes"]?.got).toBe(
      "without update:email_provider, create:phone_providers, update:phone_providers",
    );
    expect(found["unified phone experience"]?.got).toBe("off");
    expect(found["set up by hand"]?.got).toBe("auth0_action.email, auth0_trigger_actions.email");
    expect(found["set up by hand"]?.todo).toMatch(/otp adopt poor/);
  });

  it("names a local state that cannot be written", async () => {
    const blocked = join(stage.folder, "file");
    await writeFile(blocked, "");
    await stage.write((input) => ({
      ...input,
      backend: { type: "local", path: join(blocked, "below", "terraform.tfstate") },
    }));
    const found = await findings(stage);
    await stage.write();
    expect(Object.keys(found)).toEqual(["state"]);
    expect(found["state"]?.got).toMatch(/file, which is no folder$/);
  });

  it.each([
    [
      "no credentials",
      () => ({ AUTH0_CLIENT_ID: undefined }),
      /^no AUTH0_CLIENT_ID$/,
      /set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET/,
    ],
    [
      "credentials that the tenant does not know",
      () => ({ AUTH0_CLIENT_SECRET: "wrong" }),
      /^401 /,
      /check that the credentials are this tenant's/,
    ],
    [
      "a token of another tenant",
      async () => ({ AUTH0_API_TOKEN: await foreignToken() }),
      /^a token that https:\/\/localhost:\d+\/ issued$/,
      /credentials of this environment's tenant/,
    ],
    [
      "something that is no token",
      () => ({ AUTH0_API_TOKEN: apiKey }),
      /^something that is not a JWT$/,
      /check the credentials/,
    ],
  ])("names %s", async (_, variables, got, todo) => {
    const found = await findings(stage, await variables());
    expect(Object.keys(found)).toEqual(["credentials"]);
    expect(found["credentials"]?.got).toMatch(got);
    expect(found["credentials"]?.todo).toMatch(todo);
  });

  it("names a tenant that does not answer", async () => {
    await stage.write((input) => ({ ...input, domain: "localhost:12" }));
    const found = await findings(stage);
    await stage.write();
    expect(found["credentials"]?.got).toMatch(/^a connection that failed \(ECONNREFUSED\)$/);
  });

  it("wants the scopes that a deploy and its verification can do with", async () => {
    await stage.write(({ email, ...input }) => ({
      ...input,
      ...(email && {
        email: {
          ...email,
          passwordless: { subject: "Code", body: "{{ code }}", clients: ["app"] },
        },
      }),
    }));
    const environment = await loadEnvironmentFile(stage.file);
    expect(deployScopes(environment).toSorted()).toEqual(exactScopes.toSorted());
    expect(await findings(stage)).toEqual({});
    const deployed = await stage.otp(["deploy", stage.file, "--yes"]);
    expect(deployed.code, deployed.stdout + deployed.stderr).toBe(0);
    expect(await findings(stage)).toEqual({});
  });

  it("changes nothing, and shows no secret", async () => {
    const everything = [await stage.everything(), await poor.everything()].join("\n");
    for (const value of [apiKey, "poor-secret", stage.services.tenant.credentials.clientSecret])
      expect(everything.includes(value)).toBe(false);
    const posts = poor.services.tenant.requests.filter(
      ({ method, path }) => method !== "GET" && path !== "/oauth/token",
    );
    expect(posts).toHaveLength(3);
  });
});

describe("otp destroy", () => {
  it("names the scopes that it lacks before anything is done", async () => {
    const { code, stderr } = await poor.otp(["destroy", poor.file, "--confirm", "poor"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /expected credentials with the scopes delete:actions, delete:email_provider, delete:phone_providers, got/,
    );
  });
});

describe.each([
  ["new", "name"],
  ["adopt", "environment"],
  ["destroy", "environment"],
])("otp %s", (command, word) => {
  it("refuses a second one instead of ignoring it", async () => {
    const { code, stderr } = await stage.otp([command, stage.file, "second"]);
    expect(code).toBe(1);
    expect(stderr).toBe(`otp ${command}: expected one ${word}, got: second as well\n`);
  });
});
