import { existsSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { startProvider } from "../../../emulator/provider/index.ts";
import { run } from "../terraform.ts";
import { delivery, provider } from "./configuration.ts";
import { canaries, planned, setUp, stateOf, succeed } from "./setup.ts";
import type { Setup, SetupOptions } from "./setup.ts";

const running: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function begin(
  options: SetupOptions = {},
  configuration: object = delivery(),
): Promise<Setup> {
  const setup = await setUp(options);
  running.push(setup);
  await setup.workspace.configure(configuration);
  await succeed(setup.workspace.terraform("init"));
  return setup;
}

/** Terraform's words on a failed apply, on one line however it wraps them. */
async function failed({ workspace }: Setup): Promise<string> {
  const { code, output } = await workspace.terraform("apply");
  expect(code).toBe(1);
  return output.replaceAll(/\s*\n│?\s*/g, " ");
}

const applying = ["apply", "-no-color", "-input=false", "-auto-approve"];

/** One Action that is deployed. */
function single(action: object = {}): object {
  const email = {
    name: "custom-email",
    code: "exports.onExecuteCustomEmailProvider = async () => {};",
    deploy: true,
    supported_triggers: [{ id: "custom-email-provider", version: "v1" }],
    ...action,
  };
  return { ...provider, resource: { auth0_action: { email } } };
}

describe("a tenant that stumbles in the middle of an apply", () => {
  const now = () => String(Math.ceil(Date.now() / 1000));
  it.each([
    ["says 429 once", { status: 429, headers: { "x-ratelimit-reset": now() }, times: 1 }],
    ["says 500 three times", { status: 500, times: 3 }],
    ["says 503 three times", { status: 503, times: 3 }],
    ["breaks the connection three times", { reset: true, times: 3 }],
  ])("is asked again when it %s", async (_what, fault) => {
    const setup = await begin();
    setup.tenant.faults.inject({ method: "PATCH", path: /bindings$/, ...fault });
    await succeed(setup.workspace.terraform("apply"));
    expect((await planned(setup)).changes).toBe(false);
  });

  it.each([
    ["POST", /\/actions\/actions$/],
    ["POST", /\/deploy$/],
    ["PATCH", /bindings$/],
    ["POST", /emails\/provider$/],
    ["GET", /emails\/provider$/],
    ["POST", /phone\/providers$/],
  ])("fails the apply for good at %s %s; the next one converges", async (method, path) => {
    const setup = await begin();
    setup.tenant.faults.inject({ method, path, status: 500, times: 4 });
    expect(await failed(setup)).toMatch(/Error: 500 /);
    await succeed(setup.workspace.terraform("apply"));
    expect((await planned(setup)).changes).toBe(false);
  });
});

describe("an error of the tenant is one readable diagnostic", () => {
  it("has status, message and call", async () => {
    const setup = await begin();
    await setup.byHand.post("/actions/actions", {
      name: "by-hand",
      code: "",
      supported_triggers: [{ id: "custom-email-provider", version: "v1" }],
    });
    const words = await failed(setup);
    expect(words).toMatch(/Error: 403 Forbidden: /);
    expect(words).toContain("POST /api/v2/actions/actions");
  });

  it("never repeats a secret, even when the tenant does", async () => {
    const setup = await begin();
    const message = `Bad value ${canaries.API_KEY}`;
    const fault = { status: 400, body: { statusCode: 400, error: "Bad Request", message } };
    setup.tenant.faults.inject({ method: "POST", path: /\/actions\/actions$/, ...fault });
    const words = await failed(setup);
    expect(words).toContain("400 Bad Request: Bad value (sensitive value)");
    expect(words).not.toContain(canaries.API_KEY);
  });

  it("says so when a build fails", async () => {
    const dependencies = [{ name: "lodash", version: "999.0.0" }];
    const setup = await begin({}, single({ dependencies }));
    expect(await failed(setup)).toContain("Action custom-email failed to build");
  });

  it("says so when a build takes longer than timeouts.create", async () => {
    const setup = await begin(
      { tenant: { buildDelay: 60_000 } },
      single({ timeouts: { create: "300ms" } }),
    );
    expect(await failed(setup)).toMatch(
      /Expected Action custom-email to be built, got: (pending|building), after 0.3 s/,
    );
  });

  it("says so when timeouts.create is no duration", async () => {
    const setup = await begin({}, single({ timeouts: { create: "soon" } }));
    expect(await failed(setup)).toContain("Expected a duration such as 90s or 5m, got: soon.");
  });
});

describe("a tenant that cannot be used is named", () => {
  const nobody = { AUTH0_CLIENT_ID: "nobody", AUTH0_CLIENT_SECRET: "canary-of-client" };
  it.each([
    ["without a domain", () => ({}), "The provider's domain is missing"],
    [
      "where nobody answers",
      () => ({ ...nobody, AUTH0_DOMAIN: "localhost:1" }),
      "The tenant localhost:1 does not answer",
    ],
    [
      "with a token it did not give",
      (domain: string) => ({ AUTH0_DOMAIN: domain, AUTH0_API_TOKEN: "canary-of-token" }),
      "Error: 401 Unauthorized: ",
    ],
    [
      "with other credentials",
      (domain: string) => ({ ...nobody, AUTH0_DOMAIN: domain }),
      "refused the credentials",
    ],
  ])("%s", async (_what, environment, words) => {
    const { tenant, workspace } = await begin({}, single());
    const ca = tenant.certificate;
    const own = await startProvider({
      environment: environment(tenant.domain),
      ca,
      retryDelayMs: 1,
    });
    running.unshift(own);
    const { code, output } = await run("terraform", applying, {
      folder: workspace.folder,
      environment: { TF_REATTACH_PROVIDERS: own.reattach },
    });
    expect(code).toBe(1);
    expect(output).toContain(words);
    expect(output).not.toContain("canary");
  });

  it("when it is not the one that the provider already serves", async () => {
    const setup = await begin({}, single());
    await succeed(setup.workspace.terraform("apply"));
    await setup.workspace.configure({
      ...single(),
      provider: { auth0: [{ domain: "other.eu.auth0.com" }] },
    });
    expect(await failed(setup)).toContain("This provider already serves another tenant");
  });
});

describe("an interrupted apply", () => {
  it("ends while a build is waited for and keeps what exists", async () => {
    const { tenant, workspace } = await begin({ tenant: { buildDelay: 60_000 } }, single());
    const { folder, environment } = workspace;
    const looks = () => tenant.requests.filter(({ path }) => /\/actions\/actions\/.+/.test(path));
    const { code, output } = await run("terraform", applying, {
      folder,
      environment,
      interruptWhen: () => looks().length >= 2,
    });
    expect(code).toBe(1);
    expect(output).toContain("Interrupted");
    expect(await stateOf({ workspace }, "auth0_action.email")).toMatchObject({
      name: "custom-email",
    });
    expect(looks().some(({ path }) => path.endsWith("/deploy"))).toBe(false);
  });

  it("ends as well when the provider is stopped, which removes its socket", async () => {
    const { tenant, provider, workspace } = await begin(
      { tenant: { buildDelay: 60_000 } },
      single(),
    );
    const { folder, environment } = workspace;
    let stopped: Promise<void> | undefined;
    const { code, output } = await run("terraform", applying, {
      folder,
      environment,
      interruptWhen: () => {
        const building = tenant.requests.some(({ path }) => /\/actions\/actions\/.+/.test(path));
        if (building) stopped ??= provider.stop();
        return false;
      },
    });
    await stopped;
    expect(code).toBe(1);
    expect(output).toContain("Interrupted");
    const [attached] = Object.values(
      JSON.parse(provider.reattach) as Record<string, { Addr: { String: string } }>,
    );
    expect(existsSync(attached?.Addr.String ?? "/")).toBe(false);
  });
});

describe("a failed update leaves in the state what was planned, as the real provider does", () => {
  it("shows what can be read again, because it is read again", async () => {
    const setup = await begin();
    await succeed(setup.workspace.terraform("apply"));
    await setup.workspace.configure(delivery({ emailCode: "exports.changed = 1;" }));
    setup.tenant.faults.inject({ method: "PATCH", path: /actions\/[^/]+$/, status: 500, times: 4 });
    await failed(setup);
    expect((await planned(setup)).changes).toBe(true);
  });

  it("hides a rotation, which nobody can read", async () => {
    const setup = await begin();
    await succeed(setup.workspace.terraform("apply"));
    await setup.workspace.configure(delivery({ secretsVersion: 8 }));
    setup.tenant.faults.inject({ method: "PATCH", path: /actions\/[^/]+$/, status: 500, times: 8 });
    await failed(setup);
    expect((await planned(setup)).changes).toBe(false);
  });
});
