import { afterEach, describe, expect, it } from "vitest";
import { logIn } from "../../emulator/session/passwordless.ts";
import type { Deployment, DeploymentOptions } from "./deployment.ts";
import { cdktf, prepare } from "./deployment.ts";

const open: Deployment[] = [];

async function deployment(options?: DeploymentOptions): Promise<Deployment> {
  const made = await prepare(options);
  open.push(made);
  return made;
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});

describe("a protected environment", () => {
  it("refuses every plan that destroys what delivers codes, and says so", async () => {
    const one = await deployment({ change: (input) => ({ ...input, protect: true }) });
    await one.synthesise();
    await one.plan();
    await one.apply();
    const destroyed = await one.terraform("destroy", "-auto-approve", "-no-color");
    expect(destroyed.code).not.toBe(0);
    expect(destroyed.stderr).toContain("Instance cannot be destroyed");
    const { tenant, inbox } = one.services;
    await logIn(tenant, inbox, { channel: "sms", to: "+15005550006" });
  });

  it("lets go of a channel that leaves its file, which goes on delivering", async () => {
    const one = await deployment({ change: (input) => ({ ...input, protect: true }) });
    await one.synthesise();
    await one.plan();
    await one.apply();
    await one.synthesise((input) => ({
      name: input.name,
      domain: input.domain,
      backend: input.backend,
      protect: true,
      ...(input.email && { email: input.email }),
    }));
    expect(await one.plan()).toEqual({
      "auth0_action.phone": "forget",
      "auth0_connection.sms": "forget",
      "auth0_connection_clients.sms": "forget",
      "auth0_phone_provider.phone": "forget",
      "auth0_trigger_actions.phone": "forget",
    });
    await one.apply();
    expect(await one.plan()).toEqual({});
    const { tenant, inbox } = one.services;
    await logIn(tenant, inbox, { channel: "sms", to: "+15005550006" });
  });
});

describe("two environments", () => {
  it("deploy to two tenants at once by cdktf without touching each other", async () => {
    const both = await Promise.all(["first", "second"].map((name) => deployment({ name })));
    const results = await Promise.all(
      both.map(async (one, index) => {
        const name = index === 0 ? "first" : "second";
        await one.synthesise();
        const output = one.stack.replace(/\/stacks\/.*/, "");
        const args = ["--auto-approve", "--skip-provider-lock", "--output", output];
        return cdktf(one, `${name}.ts`, "deploy", name, ...args);
      }),
    );
    for (const { code, stdout, stderr } of results) expect(code, stdout + stderr).toBe(0);
    for (const { services } of both) {
      const { tenant, inbox } = services;
      await logIn(tenant, inbox, { channel: "email", to: "jo@example.org" });
      expect(inbox.messages).toHaveLength(1);
      const actions = tenant.requests.filter(
        ({ method, path }) => method === "POST" && path === "/api/v2/actions/actions",
      );
      expect(actions).toHaveLength(2);
    }
  });
});

describe("an environment whose secrets have no value", () => {
  it("is refused when it was asked for, with the names of all that are missing", async () => {
    const one = await deployment();
    one.secrets({ INBOX_API_KEY: undefined });
    const { code, stderr } = await one.synthesise();
    expect(code).toBe(1);
    expect(stderr.trim()).toBe(
      "test: expected values for its secrets, got: none for INBOX_API_KEY; set INBOX_API_KEY",
    );
  });

  it("is synthesised with secretsVersion, and planned by plain Terraform with its own values", async () => {
    const one = await deployment();
    const value = one.environment["INBOX_API_KEY"];
    one.secrets({ INBOX_API_KEY: undefined });
    const { code, stderr } = await one.synthesise((input) => ({ ...input, secretsVersion: 7 }));
    expect(code, stderr).toBe(0);
    one.secrets({ INBOX_API_KEY: value });
    expect((await one.plan())["auth0_action.email"]).toBe("create");
    const { stdout } = await one.terraform("show", "-json", "plan");
    expect(stdout).toContain('"secrets_wo_version":7');
  });
});
