import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { EnvironmentInput } from "../../config/define.ts";
import { connect } from "../../emulator/session/deployment.ts";
import type { Connection } from "../../emulator/session/deployment.ts";
import { startServices } from "../../emulator/session/services.ts";
import type { Services } from "../../emulator/session/services.ts";
import type { TenantOptions } from "../../emulator/tenant/index.ts";
import type { RunResult } from "../../otp/terraform/run.ts";
import { run } from "../../otp/terraform/run.ts";
import { project, surroundings } from "../../otp/terraform/child-env.ts";

/** A value that must be found nowhere but in requests to the tenant and to the vendor. */
export const canary = (name: string) => `canary-${name}-${"5ecret".repeat(3)}`;

/** An action of a plan by resource address, without what stays as it is. */
export type Planned = Readonly<Record<string, string>>;

interface Change {
  readonly address: string;
  readonly change: { readonly actions: readonly string[] };
}

/** One environment, deployed to a tenant of its own, in a folder of its own. */
export interface Deployment {
  readonly services: Services;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The folder of the synthesised stack. */
  readonly stack: string;
  /** Replaces the environment file and synthesises it. */
  synthesise(change?: (input: EnvironmentInput) => EnvironmentInput): Promise<RunResult>;
  /** Values of secrets from now on. */
  secrets(values: Readonly<Record<string, string | undefined>>): void;
  terraform(...args: readonly string[]): Promise<RunResult>;
  /** Plans, and says what would change. */
  plan(): Promise<Planned>;
  /** Applies, and expects success. */
  apply(): Promise<string>;
  /** Everything that was printed and written so far, to be searched for canaries. */
  everything(): Promise<string>;
  stop(): Promise<void>;
}

export interface DeploymentOptions {
  readonly name?: string;
  readonly tenant?: TenantOptions;
  readonly change?: (input: EnvironmentInput) => EnvironmentInput;
}

/** The environment that tests begin with: both channels through the inbox. */
function input(name: string, folder: string, { variables }: Services): EnvironmentInput {
  const url = variables["OTP_INBOX_URL"] ?? "";
  const clients = [variables["OTP_LOCAL_CLIENT_ID"] ?? ""];
  const apiKey = { secret: "INBOX_API_KEY" };
  return {
    name,
    domain: variables["OTP_LOCAL_DOMAIN"] ?? "",
    backend: { type: "local", path: join(folder, "terraform.tfstate") },
    protect: false,
    email: {
      from: { name: "Example", address: "login@example.com" },
      vendors: [{ vendor: "http", url: `${url}/send-email`, apiKey }],
      passwordless: { subject: "Code", body: "<p>{{ code }} ${a} %{b}</p>", clients },
    },
    phone: {
      from: "+15005550001",
      vendors: [{ vendor: "http", url: `${url}/messages`, apiKey }],
      passwordless: { template: "@@password@@ is your code", clients },
    },
  };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Starts a tenant and prepares an environment for it; nothing is deployed yet. */
export async function prepare({
  name = "test",
  tenant,
  change = (same) => same,
}: DeploymentOptions = {}): Promise<Deployment> {
  const services = await startServices({ ...(tenant && { tenant }) });
  const connection: Connection = await connect("standin", services.tenant);
  const folder = await mkdtemp(join(tmpdir(), "otp-deployment-"));
  const output = join(folder, "cdktf.out");
  const file = join(folder, `${name}.ts`);
  const around = await surroundings({ ...services.variables, ...connection.variables });
  const environment: NodeJS.ProcessEnv = { ...around.environment };
  const stack = join(output, "stacks", name);
  let said = "";
  const keep = (result: RunResult): RunResult => {
    said += result.stdout + result.stderr;
    return result;
  };
  const terraform = async (...args: readonly string[]) =>
    keep(await run("terraform", args, { folder: stack, environment, limitMs: 60_000 }));
  const first = change(input(name, folder, services));
  await mkdir(output, { recursive: true });

  const deployment: Deployment = {
    services,
    folder,
    environment,
    stack,
    secrets(values) {
      for (const [secret, value] of Object.entries(values)) {
        environment[secret] = value;
        environment[`TF_VAR_${secret}`] = value;
      }
    },
    async synthesise(next = (same) => same) {
      await writeFile(file, `export default ${JSON.stringify(next(first))};\n`);
      return keep(
        await run(process.execPath, ["--import", "tsx", "main.ts"], {
          folder: project,
          environment: { ...environment, OTP_ENVIRONMENTS: file, CDKTF_OUTDIR: output },
          limitMs: 60_000,
        }),
      );
    },
    terraform,
    async plan() {
      const init = await terraform("init", "-input=false", "-no-color");
      expect(init.code, init.stderr).toBe(0);
      const planned = await terraform("plan", "-input=false", "-no-color", "-out=plan");
      expect(planned.code, planned.stdout + planned.stderr).toBe(0);
      const { stdout } = await terraform("show", "-json", "plan");
      const { resource_changes: changes } = JSON.parse(stdout) as { resource_changes: Change[] };
      return Object.fromEntries(
        changes
          .filter(({ change: { actions } }) => actions.join() !== "no-op")
          .map(({ address, change: { actions } }) => [address, actions.join()]),
      );
    },
    async apply() {
      const result = await terraform("apply", "-input=false", "-no-color", "plan");
      expect(result.code, result.stdout + result.stderr).toBe(0);
      return result.stdout;
    },
    async everything() {
      const files = await Promise.all(
        (await filesBelow(folder)).map((path) => readFile(path, "latin1")),
      );
      return [said, ...files].join("\n");
    },
    async stop() {
      await connection.stop();
      await services.stop();
      await around.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
  deployment.secrets({ INBOX_API_KEY: services.variables["INBOX_API_KEY"] });
  return deployment;
}

/** Runs cdktf itself on this project for an environment file. */
export async function cdktf(
  { environment, folder }: Deployment,
  file: string,
  ...args: readonly string[]
): Promise<RunResult> {
  return run(join(project, "node_modules", ".bin", "cdktf"), [...args], {
    folder: project,
    environment: { ...environment, OTP_ENVIRONMENTS: join(folder, file) },
    limitMs: 120_000,
  });
}
