import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documents, folders } from "../../.github/scripts/folders.ts";
import { connect } from "../../emulator/session/deployment.ts";
import { startServices } from "../../emulator/session/services.ts";
import type { Services } from "../../emulator/session/services.ts";
import type { RunResult } from "../../otp/terraform/run.ts";
import { canary } from "../stacks/deployment.ts";
import { call } from "../stacks/https.ts";
import { GitHubStandIn } from "./github.ts";
import { jobFolder } from "./run-script.ts";
import type { JobFolder } from "./run-script.ts";

const apiKey = canary("workflow");
const closers: (() => Promise<unknown>)[] = [];
const github = new GitHubStandIn();
let services: Services;
let variables: NodeJS.ProcessEnv;
let said = "";

/** Writes the environment's file, as a branch changes it. */
async function write({ sender = "login@example.com", phone = true } = {}): Promise<void> {
  const inbox = services.variables["OTP_INBOX_URL"] ?? "";
  const vendor = (path: string) => ({
    vendors: [{ vendor: "http", url: inbox + path, apiKey: { secret: "INBOX_API_KEY" } }],
  });
  const file = variables["ENVIRONMENT_FILE"] ?? "";
  const environment = {
    name: "live",
    domain: services.variables["OTP_LOCAL_DOMAIN"],
    backend: { type: "local", path: `${file}.tfstate` },
    protect: false,
    email: { from: { address: sender }, ...vendor("/send-email") },
    ...(phone && { phone: vendor("/messages") }),
  };
  await writeFile(file, `export default ${JSON.stringify(environment)};\n`);
}

/** A job on a machine of its own, which is gone at the end. */
async function job(): Promise<JobFolder> {
  const made = await jobFolder(github);
  closers.push(() => made.remove());
  return made;
}

async function step(
  where: JobFolder,
  name: string,
  more: NodeJS.ProcessEnv = {},
): Promise<RunResult> {
  const result = await where.run(name, { ...variables, ...more });
  said += result.stdout + result.stderr;
  return result;
}

/** Hands files from one job to another as artifacts are: hidden ones stay behind. */
async function artifact(from: JobFolder, path: string, to: JobFolder, as = path): Promise<void> {
  await cp(join(from.folder, path), join(to.folder, as), {
    recursive: true,
    filter: (file) => file.startsWith(join(from.folder, path)) && !basename(file).startsWith("."),
  });
}

const managed = (method: string) =>
  services.tenant.requests.filter(
    (request) => request.method === method && request.path.startsWith("/api/v2/"),
  );
const writes = () => ["POST", "PATCH", "PUT", "DELETE"].flatMap(managed).length;

/** What somebody does in Auth0's dashboard. */
async function editByHand(path: string, body: object): Promise<void> {
  const { domain, certificate, credentials } = services.tenant;
  const granted = await call(`https://${domain}/oauth/token`, certificate, {
    method: "POST",
    body: {
      grant_type: "client_credentials",
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      audience: `https://${domain}/api/v2/`,
    },
  });
  const { access_token: token } = JSON.parse(granted.text) as { access_token: string };
  const url = `https://${domain}/api/v2${path}`;
  const { status } = await call(url, certificate, { method: "PATCH", token, body });
  expect(status).toBe(200);
}

beforeAll(async () => {
  await github.start();
  closers.push(() => github.stop());
  services = await startServices();
  closers.push(() => services.stop());
  const connection = await connect("standin", services.tenant);
  closers.push(() => connection.stop());
  const folder = await mkdtemp(join(tmpdir(), "otp-story-"));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const trust = join(folder, "trust.pem");
  await writeFile(trust, services.tenant.certificate);
  variables = {
    ...connection.variables,
    NODE_EXTRA_CA_CERTS: trust,
    INBOX_API_KEY: apiKey,
    ENVIRONMENT: "live",
    ENVIRONMENT_FILE: join(folder, "live.ts"),
    PULL_REQUEST: "7",
    SIMULATED_SCENARIOS: "healthy",
  };
  await write();
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

describe(
  "from a pull request to production, by the workflows' scripts",
  { timeout: 120_000 },
  () => {
    let planning: JobFolder;

    it("plans, comments on the pull request, and changes nothing", async () => {
      planning = await job();
      const planned = await step(planning, "plan");
      expect(planned.code, planned.stdout).toBe(0);
      const commenting = await job();
      await artifact(planning, folders.review, commenting);
      expect((await step(commenting, "comment")).code).toBe(0);
      expect(github.comments[0]?.body).toMatch(/^<!-- otp-plan: live -->\n- .* \*\*live\*\*: /);
      expect(github.comments[0]?.body).toContain("`auth0_action.email`");
      const summary = await planning.summary();
      expect(summary).toContain("`auth0_phone_provider.phone`");
      expect(summary).toContain("Simulation of outages");
      expect(writes()).toBe(0);
    });

    it("applies, on another machine, exactly what was reviewed", async () => {
      const deploying = await job();
      await artifact(planning, folders.plans, deploying, folders.reviewed);
      const deployed = await step(deploying, "deploy");
      expect(deployed.code, deployed.stdout).toBe(0);
      expect(deployed.stdout).not.toMatch(/otp plan/);
      expect(await deploying.summary()).toContain(
        "exactly what was reviewed in #7 is deployed, the plan",
      );
      expect(writes()).toBeGreaterThan(0);
    });

    it("takes the comment away when the pull request changes nothing any more", async () => {
      const nothing = await job();
      expect((await step(nothing, "plan")).code).toBe(0);
      expect(await readFile(join(nothing.folder, documents.short), "utf8")).toBe("");
      expect((await step(nothing, "comment")).code).toBe(0);
      expect(github.comments).toEqual([]);
    });

    it("does not apply a plan that is not current, and plans nothing instead of it", async () => {
      await write({ sender: "codes@example.com" });
      const before = writes();
      const deploying = await job();
      await artifact(planning, folders.plans, deploying, folders.reviewed);
      const deployed = await step(deploying, "deploy");
      expect(deployed.code, deployed.stdout).toBe(1);
      expect(deployed.stdout).toContain("the plan reviewed in #7 is not current any more");
      expect(deployed.stdout).not.toMatch(/otp plan/);
      expect(writes()).toBe(before);
    });

    it("applies nothing without a review unless somebody starts it by hand", async () => {
      const before = writes();
      const refused = await step(await job(), "deploy", { WHY: "nobody looked" });
      expect(refused.code).toBe(1);
      expect(refused.stdout).toContain("there is no reviewed plan: nobody looked");
      expect(writes()).toBe(before);
    });

    it("applies no unreviewed plan that can stop logins, unless somebody accepts that", async () => {
      await write({ sender: "codes@example.com", phone: false });
      const before = writes();
      const refused = await step(await job(), "deploy", { BY_HAND: "true" });
      expect(refused.code).toBe(1);
      expect(refused.stdout).toContain("expected a plan that stops no logins");
      expect(writes()).toBe(before);
      const accepted = await step(await job(), "deploy", {
        BY_HAND: "true",
        ACCEPT_DANGERS: "true",
      });
      expect(accepted.code, accepted.stdout).toBe(0);
      expect(writes()).toBeGreaterThan(before);
      expect(managed("DELETE").map(({ path }) => path)).toContainEqual(
        expect.stringContaining("/branding/phone/providers/"),
      );
    });

    it("opens an issue for what was edited by hand", async () => {
      await editByHand("/emails/provider", { default_from_address: "hand@example.com" });
      const watching = await job();
      const looked = await step(watching, "drift");
      expect(looked.code, looked.stdout).toBe(0);
      const reporting = await job();
      await artifact(watching, folders.drift, reporting);
      expect((await step(reporting, "issue")).code).toBe(0);
      expect(github.issues[0]?.body).toMatch(/^<!-- otp-drift: live -->\n/);
      expect(github.issues[0]?.body).toContain("hand@example.com");
    });

    it("leaves secrets in no comment, issue, log, summary or artifact", async () => {
      const texts = [said, JSON.stringify(github.comments), JSON.stringify(github.issues)];
      for (const file of await readdir(planning.folder, { recursive: true, withFileTypes: true }))
        if (file.isFile()) texts.push(await readFile(join(file.parentPath, file.name), "latin1"));
      for (const secret of [apiKey, variables["AUTH0_CLIENT_SECRET"] ?? ""]) {
        expect(secret.length).toBeGreaterThan(10);
        for (const text of texts) expect(text).not.toContain(secret);
      }
    });
  },
);
