import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canary } from "../../stacks/deployment.ts";
import type { Stage } from "./environment-run.ts";
import { apiKey, madeByHand, setStage } from "./environment-run.ts";

let stage: Stage;
let actionId: string;
let backups: string;
let imports: string;
const oldKey = canary("old");
const code = "exports.onExecuteCustomEmailProvider = async () => { /* by hand */ };";

beforeAll(async () => {
  stage = await setStage("byhand");
  backups = join(stage.folder, "adopted");
  imports = join(stage.folder, "byhand.imports.json");
  actionId = await madeByHand(stage, "email", {
    name: "My mailer",
    code,
    secrets: [
      { name: "SENDGRID_KEY", value: oldKey },
      { name: "INBOX_API_KEY", value: oldKey },
    ],
    dependencies: [{ name: "moment", version: "2.29.4" }],
  });
  await stage.manage("POST", "/emails/provider", {
    name: "sendgrid",
    enabled: true,
    default_from_address: "old@example.com",
    credentials: { api_key: oldKey },
  });
  await stage.manage("POST", "/branding/phone/providers", {
    name: "twilio",
    configuration: { delivery_methods: ["text"], sid: "AC1", default_from: "+15005550006" },
    credentials: { auth_token: oldKey },
  });
  await stage.manage("POST", "/connections", {
    name: "email",
    strategy: "email",
    options: { twilio_token: oldKey },
    enabled_clients: ["app_a", "app_b"],
  });
  await stage.write((input) => ({
    ...input,
    ...(input.email && {
      email: {
        ...input.email,
        passwordless: { subject: "Code", body: "{{ code }}", clients: ["app_a"] },
      },
    }),
  }));
});
afterAll(() => stage.stop());

const writes = () =>
  stage.services.tenant.requests.filter(
    ({ method, path }) => method !== "GET" && path !== "/oauth/token",
  );
const adopt = (...more: readonly string[]) =>
  stage.otp(["adopt", stage.file, "--backups", backups, ...more]);
const secretsOf = async () => {
  const { secrets } = await stage.manage("GET", `/actions/actions/${actionId}`);
  return (secrets as { name: string }[]).map(({ name }) => name);
};

describe("a tenant that was set up by hand", () => {
  it("is looked at, and not changed: what would be lost is told by name", async () => {
    const before = writes().length;
    const { code: exit, stdout, stderr } = await adopt();
    expect(exit, stderr).toBe(0);
    expect(writes()).toHaveLength(before);
    for (const said of [
      /"My mailer" loses the secrets SENDGRID_KEY/,
      /loses its npm dependencies moment@2\.29\.4/,
      /e-mail provider is sendgrid: the next deploy switches it to custom/,
      /phone provider is twilio: the next deploy switches it to custom/,
      /sender of e-mails changes from old@example\.com to login@example\.com/,
      /connection email is closed to the applications app_b/,
      /otp adopt \S+ --remove-secrets/,
      /The plan takes over 6, changes 6 in place, makes 2, destroys 0/,
    ])
      expect(stdout).toMatch(said);
  });

  it("leaves a backup with the code, and without any secret's value", async () => {
    const [made = ""] = await readdir(join(backups, "byhand"));
    const folder = join(backups, "byhand", made);
    expect(await readdir(folder)).toEqual([
      "connections.json",
      "email-action.js",
      "email-action.json",
      "email-bindings.json",
      "email-provider.json",
      "phone-provider.json",
    ]);
    expect(await readFile(join(folder, "email-action.js"), "utf8")).toBe(code);
    const action = await readFile(join(folder, "email-action.json"), "utf8");
    expect(action).toContain("SENDGRID_KEY");
    expect((await stat(join(folder, "email-action.js"))).mode & 0o077).toBe(0);
    expect(await readFile(join(backups, ".gitignore"), "utf8")).toBe("*\n");
  });

  it("is taken over by import blocks with the ids that it has", async () => {
    const file = JSON.parse(await readFile(imports, "utf8")) as {
      imports: { to: string; id: string }[];
    };
    const ids = Object.fromEntries(file.imports.map(({ to, id }) => [to, id]));
    expect(ids).toMatchObject({
      "auth0_action.email": actionId,
      "auth0_trigger_actions.email": "custom-email-provider",
    });
    expect(ids["auth0_connection_clients.email"]).toBe(ids["auth0_connection.email"]);
    expect(ids["auth0_phone_provider.phone"]).toMatch(/^pro_/);
    expect(ids).not.toHaveProperty(["auth0_action.phone"]);
  });

  it("is prepared without the secrets too, but for the plan, which names them", async () => {
    const { code: exit, stderr } = await stage.otp(
      ["adopt", stage.file, "--backups", join(stage.folder, "more")],
      { INBOX_API_KEY: undefined },
    );
    expect(exit).toBe(1);
    expect(stderr).toMatch(
      /expected values for the secrets of byhand, got: none for INBOX_API_KEY/,
    );
    expect(await readdir(stage.folder)).toContain("byhand.imports.json");
  });

  it("keeps its secrets where nobody agrees to their removal", async () => {
    const { code: exit, stderr } = await adopt("--remove-secrets");
    expect(exit).toBe(1);
    expect(stderr).toMatch(/expected --yes where nobody can be asked/);
    expect(await secretsOf()).toEqual(["SENDGRID_KEY", "INBOX_API_KEY"]);
  });

  it("gives up the secrets that the environment lacks, what is deployed keeping them", async () => {
    const { code: exit, stdout, stderr } = await adopt("--remove-secrets", "--yes");
    expect(exit, stderr).toBe(0);
    expect(stdout).toMatch(/Removed from the drafts/);
    expect(await secretsOf()).toEqual(["INBOX_API_KEY"]);
    const { deployed_version: deployed } = await stage.manage(
      "GET",
      `/actions/actions/${actionId}`,
    );
    expect(JSON.stringify(deployed)).toContain("SENDGRID_KEY");
    expect(await readdir(join(backups, "byhand"))).toHaveLength(3);
  });

  it("is deployed in place, verified, and then has nothing more to take over", async () => {
    const deployed = await stage.otp(["deploy", stage.file, "--yes"]);
    expect(deployed.code, deployed.stdout + deployed.stderr).toBe(0);
    const action = await stage.manage("GET", `/actions/actions/${actionId}`);
    expect(action).toMatchObject({
      name: "custom-email-provider",
      dependencies: [],
      all_changes_deployed: true,
    });
    expect(await stage.manage("GET", "/emails/provider")).toMatchObject({ name: "custom" });
    const planned = await stage.otp([
      "plan",
      stage.file,
      "--detailed-exitcode",
      "--out",
      join(stage.folder, "plans"),
    ]);
    expect(planned.code, planned.stdout + planned.stderr).toBe(0);
    const again = await adopt();
    expect(again.code, again.stderr).toBe(0);
    expect(again.stdout).toMatch(/Nothing is left to take over/);
    expect(await readdir(stage.folder)).not.toContain("byhand.imports.json");
  });
});

describe("a deployed environment", () => {
  const remove = (...more: readonly string[]) =>
    stage.otp(["destroy", stage.file, "--backups", backups, ...more]);

  it("is not removed by another name", async () => {
    const before = writes().length;
    const { code: exit, stderr } = await remove("--confirm", "other");
    expect(exit).toBe(1);
    expect(stderr).toMatch(/expected the environment's name, byhand, got: "other"; nothing was/);
    expect(writes()).toHaveLength(before);
  });

  it("is not removed without its name, but what that would mean is told", async () => {
    const before = writes().length;
    const { code: exit, stdout, stderr } = await remove();
    expect(exit).toBe(1);
    expect(stderr).toMatch(/expected --confirm byhand where nobody can be asked, got: nothing/);
    expect(stdout).toMatch(/has no e-mail provider/);
    expect(stdout).toMatch(/the connections email stay with their users/);
    expect(writes()).toHaveLength(before);
  });

  it("is removed by its name, protection or not, secrets or not, and keeps its users", async () => {
    const {
      code: exit,
      stdout,
      stderr,
    } = await stage.otp(["destroy", stage.file, "--backups", backups, "--confirm", "byhand"], {
      INBOX_API_KEY: undefined,
    });
    expect(exit, stdout + stderr).toBe(0);
    expect(await stage.manage("GET", "/actions/actions")).toMatchObject({ actions: [] });
    expect(await stage.manage("GET", "/branding/phone/providers")).toEqual({ providers: [] });
    await expect(stage.manage("GET", "/emails/provider")).rejects.toThrow(/inexistent_email/);
    expect(await stage.manage("GET", "/connections")).toHaveLength(1);
  });

  it("has nothing to remove a second time", async () => {
    const { code: exit, stderr } = await remove("--confirm", "byhand");
    expect(exit).toBe(1);
    expect(stderr).toMatch(/got: a state without resources; nothing was changed/);
  });

  it("has left no secret anywhere", async () => {
    const everything = await stage.everything();
    expect(everything).toContain("SENDGRID_KEY");
    for (const value of [oldKey, apiKey, stage.services.tenant.credentials.clientSecret])
      expect(everything.includes(value)).toBe(false);
  });
});
