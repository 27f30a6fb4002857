import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logIn } from "../../emulator/session/passwordless.ts";
import type { Deployment } from "./deployment.ts";
import { canary, cdktf, prepare } from "./deployment.ts";
import { call } from "./https.ts";

let deployment: Deployment;
const rotated = canary("rotated");

beforeAll(async () => {
  deployment = await prepare();
});

afterAll(async () => {
  await deployment.stop();
});

/** The paths of requests that change something, since the last call. */
function writes(): string[] {
  const { requests } = deployment.services.tenant;
  const found = requests
    .slice(seen)
    .filter(({ method, path }) => method !== "GET" && path.startsWith("/api/v2/"))
    .map(
      ({ method, path }) => `${method} ${path.replace(/[0-9a-f-]{36}|pro_\w+|con_\w+/, "{id}")}`,
    );
  seen = requests.length;
  return found;
}
let seen = 0;

/** One call to the Management API, as a person's script would make it. */
async function byHand(method: string, path: string, body: unknown): Promise<number> {
  const { url, certificate, credentials } = deployment.services.tenant;
  const grant = {
    grant_type: "client_credentials",
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    audience: `${url}/api/v2/`,
  };
  const { text } = await call(`${url}/oauth/token`, certificate, { method: "POST", body: grant });
  const { access_token: token } = JSON.parse(text) as { access_token: string };
  return (await call(`${url}/api/v2${path}`, certificate, { method, token, body })).status;
}

/** What the state says of a resource. */
async function attribute(address: string, name: string): Promise<unknown> {
  const { stdout } = await deployment.terraform("show", "-json");
  const { values } = JSON.parse(stdout) as {
    values: { root_module: { resources: { address: string; values: Record<string, unknown> }[] } };
  };
  return values.root_module.resources.find((one) => one.address === address)?.values[name];
}

// These tests tell one story, in order: each begins where the one before it ended.
describe("an environment from its first deployment to its last", () => {
  it("is created by cdktf itself, and its Actions deliver codes", async () => {
    await deployment.synthesise();
    const output = deployment.stack.replace(/\/stacks\/.*/, "");
    const done = await cdktf(
      deployment,
      "test.ts",
      ...["deploy", "test", "--auto-approve", "--skip-provider-lock", "--output", output],
    );
    expect(done.code, done.stdout + done.stderr).toBe(0);
    const { tenant, inbox } = deployment.services;
    await logIn(tenant, inbox, { channel: "email", to: "jo@example.org" });
    await logIn(tenant, inbox, { channel: "sms", to: "+15005550006" });
    expect(inbox.messages.map(({ channel }) => channel)).toEqual(["phone", "email"]);
    expect(inbox.messages[1]?.html).toMatch(/^<p>\d{6} \$\{a\} %\{b\}<\/p>$/);
  });

  it("plans nothing when nothing has changed", async () => {
    await deployment.synthesise();
    expect(await deployment.plan()).toEqual({});
  });

  it("updates one Action in place when its handler changes", async () => {
    const before = await attribute("auth0_action.email", "id");
    await deployment.synthesise((input) => ({
      ...input,
      ...(input.email && {
        email: { ...input.email, replyTo: { address: "help@example.com" } },
      }),
    }));
    writes();
    expect(await deployment.plan()).toEqual({ "auth0_action.email": "update" });
    await deployment.apply();
    expect(writes()).toEqual([
      "PATCH /api/v2/actions/actions/{id}",
      "POST /api/v2/actions/actions/{id}/deploy",
    ]);
    expect(await attribute("auth0_action.email", "id")).toBe(before);
    await deployment.synthesise();
    await deployment.plan();
    await deployment.apply();
  });

  it("shows a rotated secret in the plan, pushes it, and shows its value nowhere", async () => {
    deployment.secrets({ INBOX_API_KEY: rotated });
    await deployment.synthesise();
    writes();
    expect(await deployment.plan()).toEqual({
      "auth0_action.email": "update",
      "auth0_action.phone": "update",
    });
    await deployment.apply();
    const { tenant, inbox } = deployment.services;
    expect(writes().filter((write) => write.startsWith("PATCH"))).toHaveLength(2);
    // The inbox knows the old key alone, so that the Action's new one is refused there.
    const { executions } = tenant;
    const ran = executions.length;
    await expect(
      Promise.race([
        logIn(tenant, inbox, { channel: "email", to: "after@example.org" }),
        new Promise((_, reject) => {
          const poll = setInterval(() => {
            const log = executions[ran]?.log;
            if (log === undefined) return;
            clearInterval(poll);
            reject(new Error(log));
          }, 50);
        }),
      ]),
    ).rejects.toThrow(/"status":401/);
    deployment.secrets({ INBOX_API_KEY: deployment.services.variables["INBOX_API_KEY"] });
    await deployment.synthesise();
    await deployment.plan();
    await deployment.apply();
  });

  it("changes the sender and adds a delivery method in place", async () => {
    await deployment.synthesise((input) => ({
      ...input,
      ...(input.email && { email: { ...input.email, from: { address: "hello@example.com" } } }),
      ...(input.phone && { phone: { ...input.phone, methods: ["text", "voice"] } }),
    }));
    expect(await deployment.plan()).toEqual({
      "auth0_action.email": "update",
      "auth0_action.phone": "update",
      "auth0_connection.email": "update",
      "auth0_email_provider.email": "update",
      "auth0_phone_provider.phone": "update",
    });
    await deployment.apply();
    expect(await deployment.plan()).toEqual({});
  });

  it("sees what was changed by hand in the tenant, and repairs it", async () => {
    const id = String(await attribute("auth0_action.phone", "id"));
    expect(await byHand("PATCH", `/actions/actions/${id}`, { code: "// by hand" })).toBe(200);
    expect(await byHand("PATCH", "/emails/provider", { enabled: false })).toBe(200);
    const path = "/actions/triggers/custom-email-provider/bindings";
    expect(await byHand("PATCH", path, { bindings: [] })).toBe(200);
    const planned = await deployment.plan();
    expect(Object.keys(planned)).toEqual([
      "auth0_action.phone",
      "auth0_email_provider.email",
      "auth0_trigger_actions.email",
    ]);
    await deployment.apply();
    expect(await deployment.plan()).toEqual({});
  });

  it.each([
    ["429", { status: 429, headers: { "x-ratelimit-reset": "0" }, times: 2 }, true],
    ["500 for longer than the provider tries", { status: 500, times: 12 }, false],
    ["a broken connection for longer than the provider tries", { reset: true, times: 12 }, false],
  ] as const)("converges after a tenant that answers %s", async (name, fault, succeeds) => {
    await deployment.synthesise((input) => ({
      ...input,
      ...(input.phone && { phone: { ...input.phone, lifetimeS: 100 + name.length } }),
    }));
    await deployment.plan();
    const { faults } = deployment.services.tenant;
    faults.inject({ method: "PATCH", path: /\/actions\/actions\//, ...fault });
    const applied = await deployment.terraform("apply", "-input=false", "-no-color", "plan");
    expect(applied.code === 0, applied.stdout + applied.stderr).toBe(succeeds);
    faults.clear();
    const next = await deployment.plan();
    expect("auth0_action.phone" in next).toBe(!succeeds);
    await deployment.apply();
    expect(await deployment.plan()).toEqual({});
  });

  it("leaves the tenant empty when it is destroyed", async () => {
    const destroyed = await deployment.terraform("destroy", "-auto-approve", "-no-color");
    expect(destroyed.code, destroyed.stdout + destroyed.stderr).toBe(0);
    expect(await byHand("PATCH", "/emails/provider", { enabled: true })).toBe(404);
    expect(
      writes()
        .filter((write) => write.startsWith("DELETE"))
        .sort(),
    ).toEqual(
      expect.arrayContaining([
        "DELETE /api/v2/actions/actions/{id}",
        "DELETE /api/v2/actions/actions/{id}",
        "DELETE /api/v2/branding/phone/providers/{id}",
        "DELETE /api/v2/emails/provider",
      ]),
    );
  });

  it("has written no secret anywhere: not in output, plans, state, bundles or logs", async () => {
    const everything = await deployment.everything();
    const { inbox, tenant, variables } = deployment.services;
    const logs = JSON.stringify([tenant.executions, tenant.requests, inbox.messages]);
    const { text: page } = await call(`${inbox.url}/`, tenant.certificate);
    for (const secret of [
      rotated,
      variables["INBOX_API_KEY"] ?? "",
      tenant.credentials.clientSecret,
    ]) {
      const encoded = Buffer.from(secret).toString("base64");
      for (const text of [everything, logs, page])
        for (const form of [secret, encoded]) expect(text.includes(form)).toBe(false);
    }
    expect(everything).toContain("secrets_wo_version");
  });
});
