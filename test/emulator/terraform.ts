import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How a command ended, and what it said. */
export interface Run {
  /** The exit code; null when a signal or the limit ended it. */
  readonly code: number | null;
  /** Standard output and error, in the order of arrival. */
  readonly output: string;
}

/** What a command may run with. */
export interface RunOptions {
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds after which the command is killed. Default: 45,000. */
  readonly limitMs?: number;
  /** Asked again and again; the command is interrupted, as by Ctrl-C, once it is true. */
  readonly interruptWhen?: () => boolean;
}

/** Runs a command without a shell and with nothing of this process' environment but the way. */
export function run(
  command: string,
  args: readonly string[],
  { folder, environment = {}, limitMs = 45_000, interruptWhen }: RunOptions,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: folder,
      env: {
        PATH: process.env["PATH"],
        HOME: folder,
        TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"),
        CHECKPOINT_DISABLE: "1",
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const limit = setTimeout(() => child.kill("SIGKILL"), limitMs);
    const watch = setInterval(() => {
      if (interruptWhen?.() !== true) return;
      clearInterval(watch);
      child.kill("SIGINT");
    }, 20);
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk.toString("utf8");
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => {
      clearTimeout(limit);
      clearInterval(watch);
      reject(error);
    });
    child.on("close", (code) => {
      clearTimeout(limit);
      clearInterval(watch);
      resolve({ code, output });
    });
  });
}

/** A folder with a Terraform configuration, and Terraform in it. */
export interface Workspace {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Replaces the configuration, which is in Terraform's JSON syntax. */
  configure(configuration: object): Promise<void>;
  /** Runs Terraform with the options that keep it from asking and from colouring. */
  terraform(command: string, ...args: readonly string[]): Promise<Run>;
  remove(): Promise<void>;
}

/** Makes an empty workspace in a temporary folder. Terraform gets the given environment. */
export async function createWorkspace(
  environment: Readonly<Record<string, string>>,
): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), "terraform-test-"));
  await writeFile(join(folder, "terraform.rc"), "");
  const quiet: Readonly<Record<string, readonly string[]>> = {
    init: ["-input=false", "-no-color"],
    plan: ["-input=false", "-no-color", "-parallelism=1"],
    apply: ["-input=false", "-no-color", "-parallelism=1", "-auto-approve"],
    destroy: ["-input=false", "-no-color", "-parallelism=1", "-auto-approve"],
    import: ["-input=false", "-no-color"],
    show: ["-no-color"],
  };
  return {
    folder,
    environment,
    configure: (configuration) =>
      writeFile(join(folder, "main.tf.json"), JSON.stringify(configuration, null, 2)),
    terraform: (command, ...args) =>
      run("terraform", [command, ...(quiet[command] ?? []), ...args], { folder, environment }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
