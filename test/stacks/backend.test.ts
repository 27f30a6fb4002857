import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeBundles } from "../../bundle/bundle.ts";
import type { BackendInput } from "../../config/define.ts";
import type { Environment } from "../../config/environment.ts";
import { loadEnvironments } from "../../config/load.ts";
import { EnvironmentStack } from "../../stacks/environment-stack.ts";
import { fingerprint } from "../../stacks/fingerprint.ts";
import { run } from "../../otp/terraform/run.ts";

let folder: string;
let staging: Environment;
let bundles: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "otp-backends-"));
  const [loaded] = await loadEnvironments(["staging"]);
  if (!loaded) throw new Error("expected the environment staging");
  staging = loaded;
  const made = await writeBundles(staging, folder);
  bundles = Object.fromEntries(made.map(({ channel, path }) => [channel, path]));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Synthesised {
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly variable: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly resource: Readonly<Record<string, Record<string, Readonly<Record<string, unknown>>>>>;
}

function synthesised(
  change: Partial<Environment>,
  secrets: Readonly<Record<string, string>> = { POSTMARK_TOKEN: "a", TWILIO_AUTH_TOKEN: "b" },
): Synthesised {
  const app = new App({ outdir: join(folder, "out") });
  const environment = { ...staging, ...change };
  const stack = new EnvironmentStack(app, { environment, bundles, secrets });
  return stack.toTerraform() as Synthesised;
}

describe("the state of an environment", () => {
  it.each<[BackendInput, object]>([
    [
      { type: "local", path: "/state/here.tfstate" },
      { backend: { local: { path: "/state/here.tfstate" } } },
    ],
    [
      { type: "s3", bucket: "states", key: "otp.tfstate", region: "eu-west-1", encrypt: true },
      {
        backend: {
          s3: {
            bucket: "states",
            key: "otp.tfstate",
            region: "eu-west-1",
            encrypt: true,
            use_lockfile: true,
          },
        },
      },
    ],
    [
      { type: "gcs", bucket: "states", prefix: "otp" },
      { backend: { gcs: { bucket: "states", prefix: "otp" } } },
    ],
    [
      {
        type: "azurerm",
        resourceGroupName: "group",
        storageAccountName: "account",
        containerName: "states",
        key: "otp.tfstate",
        useOidc: true,
      },
      {
        backend: {
          azurerm: {
            resource_group_name: "group",
            storage_account_name: "account",
            container_name: "states",
            key: "otp.tfstate",
            use_oidc: true,
          },
        },
      },
    ],
    [{ type: "pg", schemaName: "otp" }, { backend: { pg: { schema_name: "otp" } } }],
    [
      { type: "cloud", organization: "example", workspace: "otp" },
      { cloud: { organization: "example", workspaces: { name: "otp" } } },
    ],
  ])("lies where $type says, in words that Terraform takes", async (backend, expected) => {
    const { terraform } = synthesised({ backend });
    expect(terraform).toMatchObject(expected);
    if (backend.type === "cloud") return;
    // `init` asks the backend, which is not there; that the configuration is good shows before.
    const scratch = await mkdtemp(join(folder, "init-"));
    const { backend: block } = terraform;
    await writeFile(
      join(scratch, "main.tf.json"),
      JSON.stringify({ terraform: { backend: block } }),
    );
    const { stdout, stderr } = await run("terraform", ["init", "-no-color", "-input=false"], {
      folder: scratch,
      environment: {
        PATH: process.env["PATH"],
        HOME: scratch,
        CHECKPOINT_DISABLE: "1",
        AWS_EC2_METADATA_DISABLED: "true",
        PG_CONN_STR: "postgres://nobody@127.0.0.1:1/none?connect_timeout=1",
      },
      limitMs: 30_000,
    });
    expect(stdout + stderr).not.toMatch(
      /Unsupported argument|Extraneous|Missing required argument|Unsupported backend/,
    );
  });
});

describe("a secret", () => {
  it("is an ephemeral, sensitive variable that flows into the write-only attribute alone", () => {
    const { variable, resource } = synthesised({});
    expect(variable["POSTMARK_TOKEN"]).toMatchObject({
      ephemeral: true,
      sensitive: true,
      type: "string",
    });
    expect(variable["POSTMARK_TOKEN"]).not.toHaveProperty("default");
    const { email } = resource["auth0_action"] ?? {};
    expect(email?.["secrets_wo"]).toEqual([
      { name: "POSTMARK_TOKEN", value: "${var.POSTMARK_TOKEN}" },
      { name: "RESEND_API_KEY", value: "${var.RESEND_API_KEY}" },
    ]);
    const uses = JSON.stringify(resource).split("var.POSTMARK_TOKEN").length - 1;
    expect(uses).toBe(1);
  });

  it("changes the version of its own channel when it is rotated, and of no other", () => {
    const versions = (secrets: Record<string, string>) => {
      const { email, phone } = synthesised({}, secrets).resource["auth0_action"] ?? {};
      return [email?.["secrets_wo_version"], phone?.["secrets_wo_version"]];
    };
    const before = versions({ POSTMARK_TOKEN: "a", TWILIO_AUTH_TOKEN: "b" });
    const after = versions({ POSTMARK_TOKEN: "c", TWILIO_AUTH_TOKEN: "b" });
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });

  it("has a version that Terraform's numbers hold, and that tells environments apart", () => {
    const numbers = ["a/email", "b/email", "a/phone"].map((salt) =>
      fingerprint({ KEY: "x" }, salt),
    );
    expect(new Set(numbers).size).toBe(3);
    for (const number of numbers) {
      expect(Number.isInteger(number)).toBe(true);
      expect(number).toBeGreaterThan(0);
      expect(number).toBeLessThan(2 ** 31);
    }
    expect(fingerprint({ KEY: "x", OTHER: "y" }, "s")).toBe(
      fingerprint({ OTHER: "y", KEY: "x" }, "s"),
    );
  });
});

describe("the order of creation", () => {
  it("is Action, binding, provider, as Auth0 demands", () => {
    const { resource } = synthesised({});
    expect(JSON.stringify(resource["auth0_trigger_actions"]?.["email"]?.["actions"])).toContain(
      "auth0_action.email.id",
    );
    for (const [type, channel] of [
      ["auth0_email_provider", "email"],
      ["auth0_phone_provider", "phone"],
    ] as const)
      expect(resource[type]?.[channel]?.["depends_on"]).toEqual([
        `auth0_trigger_actions.${channel}`,
      ]);
  });
});
