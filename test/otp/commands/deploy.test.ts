import { cp } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../config/define.ts";
import { apiKey, setStage } from "../tenant/environment-run.ts";
import type { Stage } from "../tenant/environment-run.ts";
import { canary } from "../../stacks/deployment.ts";

let stage: Stage;
let plans: string;
const rotated = canary("rotated");
/** The one that the inbox takes. */
let again: string;

beforeAll(async () => {
  stage = await setStage("shop");
  plans = join(stage.folder, "plans");
  again = stage.services.variables["INBOX_API_KEY"] ?? "";
});

afterAll(async () => {
  await stage.stop();
});

interface Checked {
  readonly environment: string;
  readonly applied?: boolean;
  readonly fine: boolean;
  readonly checks: readonly { readonly what: string; readonly got: string; fine: boolean }[];
}

const otp = (args: readonly string[], variables?: NodeJS.ProcessEnv) => stage.otp(args, variables);
const plan = (variables?: NodeJS.ProcessEnv, ...more: readonly string[]) =>
  otp(["plan", stage.file, "--out", plans, ...more], variables);
const deploy = (variables?: NodeJS.ProcessEnv, ...more: readonly string[]) =>
  otp(["deploy", stage.file, "--yes", ...more], variables);
const kept = () => join(plans, "shop");

/** Requests that change something in the tenant, since a moment. */
const writesSince = (moment: number) =>
  stage.services.tenant.requests
    .slice(moment)
    .filter(({ method, path }) => method !== "GET" && path.startsWith("/api/v2/"))
    .map(({ method, path }) => `${method} ${path.replace(/[0-9a-f-]{36}/, "{id}")}`);
const now = () => stage.services.tenant.requests.length;

/** Another order of two vendors, and another handler for that. */
const backwards = (input: EnvironmentInput): EnvironmentInput => ({
  ...input,
  ...(input.phone && {
    phone: {
      ...input.phone,
      vendors: input.phone.vendors.flatMap((vendor) => [
        { ...vendor, id: "second" },
        { ...vendor, id: "first" },
      ]),
    },
  }),
});
const replyTo = (input: EnvironmentInput): EnvironmentInput => ({
  ...input,
  ...(input.email && { email: { ...input.email, replyTo: { address: "help@example.com" } } }),
});

const action = async (channel: "email" | "phone") => {
  const found = await stage.manage("GET", `/actions/actions?triggerId=custom-${channel}-provider`);
  const [first] = found["actions"] as { id: string; code: string; secrets: unknown }[];
  return first ?? { id: "", code: "", secrets: [] };
};

// One story, in order: each test begins where the one before it ended.
describe("an environment from its first plan", () => {
  it("keeps a plan that is whole, and applies exactly it from another folder", async () => {
    const planned = await plan({}, "--json", "--detailed-exitcode");
    expect(planned.code, planned.stderr).toBe(2);
    expect(JSON.parse(planned.stdout)).toMatchObject([
      { environment: "shop", folder: kept(), changes: true, domain: stage.services.tenant.domain },
    ]);
    expect(writesSince(0)).toEqual([]);
    const moved = join(stage.folder, "artifact");
    // As an upload of artifacts does it: what is hidden stays behind.
    await cp(kept(), moved, { recursive: true, filter: (path) => !path.includes("/.terraform") });
    const deployed = await otp(["deploy", stage.file, "--plan", moved, "--json"]);
    expect(deployed.code, deployed.stderr).toBe(0);
    const [shop] = JSON.parse(deployed.stdout) as Checked[];
    expect(shop).toMatchObject({ environment: "shop", applied: true, fine: true });
    expect(shop?.checks.map(({ what }) => what)).toContain("custom-phone-provider: deployed code");
  });

  it("refuses a plan that was made with other secrets, or from another environment file", async () => {
    await stage.write((input) => backwards(replyTo(input)));
    const planned = await plan();
    expect(planned.stdout).toContain("update  auth0_action.email");
    expect(planned.stdout).toContain("update  auth0_action.phone");
    const before = now();
    const other = await deploy({ INBOX_API_KEY: rotated }, "--plan", kept());
    expect(other).toMatchObject({ code: 3 });
    expect(other.stderr).toContain(
      "the secrets of auth0_action.email are others than those it was reviewed with",
    );
    await stage.write(replyTo);
    const changed = await deploy({}, "--plan", kept());
    expect(changed).toMatchObject({ code: 3 });
    expect(changed.stderr).toContain(
      "auth0_action.phone: the reviewed plan would change it in place, now Terraform would leave it alone",
    );
    expect(writesSince(before)).toEqual([]);
  });

  it("deploys a changed handler, a changed order of vendors and a rotated secret", async () => {
    await stage.write((input) => backwards(replyTo(input)));
    const before = now();
    const deployed = await deploy({ INBOX_API_KEY: rotated });
    expect(deployed.code, deployed.stderr).toBe(0);
    expect(deployed.stdout).not.toContain("✗");
    const update = [
      "PATCH /api/v2/actions/actions/{id}",
      "POST /api/v2/actions/actions/{id}/deploy",
    ];
    expect(writesSince(before).toSorted()).toEqual([update[0], ...update, update[1]].toSorted());
    expect((await action("phone")).code).toMatch(/"id": ?"second"[\s\S]*"id": ?"first"/);
  });

  it("refuses the plan that was made before that, since the tenant has changed since", async () => {
    const before = now();
    const stale = await deploy({}, "--plan", kept());
    expect(stale).toMatchObject({ code: 3 });
    expect(stale.stderr).toContain(
      "auth0_action.email: before the change, code is not what was reviewed",
    );
    expect(stale.stderr).toContain("Make a new plan and have it reviewed\n");
    expect(writesSince(before)).toEqual([]);
  });

  it("finds an apply that broke in the middle though nothing is left to plan, and finishes it", async () => {
    const variables = { INBOX_API_KEY: rotated };
    await stage.write(backwards);
    const path = /^\/api\/v2\/actions\/actions\/[^/]+\/deploy$/;
    stage.services.tenant.faults.inject({ method: "POST", path, status: 400 });
    const broken = await deploy(variables);
    stage.services.tenant.faults.clear();
    expect(broken).toMatchObject({ code: 1 });
    expect(broken.stderr).toMatch(/terraform apply: .*400/);
    const found = await otp(["verify", stage.file], variables);
    expect(found).toMatchObject({ code: 1 });
    expect(found.stdout).toMatch(
      /✗ {2}custom-email-provider: deployed code .* other code \(\d+ bytes for \d+, other from line \d+\)/,
    );
    expect(found.stdout).toContain("an apply failed half-way");
    const finished = await deploy(variables);
    expect(finished.code, finished.stderr).toBe(0);
    expect(finished.stderr).toContain(
      "shop: deployed what an earlier apply had only written (email)",
    );
  });

  it("says that secrets did not arrive though the state has them, and sends them again", async () => {
    const path = /^\/api\/v2\/actions\/actions\/[^/]+$/;
    stage.services.tenant.faults.inject({ method: "PATCH", path, status: 400, times: 2 });
    const broken = await deploy({ INBOX_API_KEY: again });
    stage.services.tenant.faults.clear();
    expect(broken).toMatchObject({ code: 1 });
    expect(broken.stderr).toContain(
      "shop: expected the tenant to have the new secrets for email, phone, got: the old ones",
    );
    const { secrets } = await action("email");
    const sent = await deploy({ INBOX_API_KEY: again }, "--resend-secrets");
    expect(sent.code, sent.stderr).toBe(0);
    expect((await action("email")).secrets).not.toEqual(secrets);
  });

  it("finds what somebody changed by hand", async () => {
    const { id, code } = await action("phone");
    await stage.manage("PATCH", `/actions/actions/${id}`, { code: `// by hand\n${code}` });
    await stage.manage("GET", `/actions/actions/${id}`);
    await stage.manage("POST", `/actions/actions/${id}/deploy`);
    const variables = { INBOX_API_KEY: again };
    const drifted = await otp(["drift", stage.file], variables);
    expect(drifted.code, drifted.stderr).toBe(2);
    expect(drifted.stdout).toMatch(/\*\*shop\*\*: 1 Action changes in place/);
    expect(drifted.stdout).toContain("-// by hand");
    expect(drifted.stdout).toMatch(/❌ \| `` custom-phone-provider: deployed code ``/);
    const json = await otp(["drift", stage.file, "--json"], variables);
    expect(JSON.parse(json.stdout)).toMatchObject({
      drifted: true,
      environments: [{ environment: "shop", changes: true, fine: false }],
    });
  });

  it("shows no secret in anything that it printed or kept", async () => {
    // What was reviewed and the state are both among it.
    const texts = await stage.everything();
    expect(texts).toContain('"resource_changes"');
    expect(texts).toContain('"lineage"');
    for (const secret of [apiKey, rotated, again, stage.services.tenant.credentials.clientSecret])
      expect(texts).not.toContain(secret);
  });
});
