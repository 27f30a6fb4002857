import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this project. */
export const project = fileURLToPath(new URL("../..", import.meta.url));

/** What Terraform and cdktf run in. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  /** Removes what was temporary. */
  remove(): Promise<void>;
}

/**
 * The environment variables for Terraform and cdktf: this process's own, kept quiet, with the pinned
 * Node first on the path, and independent of a Terraform configuration that is not there.
 *
 * @param more - variables to add
 */
export async function surroundings(more: NodeJS.ProcessEnv = {}): Promise<Surroundings> {
  const scratch = await mkdtemp(join(tmpdir(), "otp-"));
  const configured = process.env["TF_CLI_CONFIG_FILE"];
  let config = configured;
  // A configuration that is named but missing makes Terraform complain at every command.
  if (configured !== undefined && !existsSync(configured)) {
    config = join(scratch, "terraform.rc");
    await writeFile(config, "");
  }
  return {
    environment: {
      ...process.env,
      PATH: [join(project, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter),
      CHECKPOINT_DISABLE: "1",
      DISABLE_VERSION_CHECK: "1",
      CI: "1",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      ...(config !== undefined && { TF_CLI_CONFIG_FILE: config }),
      ...more,
    },
    remove: () => rm(scratch, { recursive: true, force: true }),
  };
}
