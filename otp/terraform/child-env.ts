import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Environment } from "../../config/environment.ts";

/** The folder of this project. */
export const project = fileURLToPath(new URL("../..", import.meta.url));

/** What Terraform and cdktf run in. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  /** Removes what was temporary. */
  remove(): Promise<void>;
}

/** What every program needs to run at all: no credential is among it. */
const common =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|TZ|LANG|LC_\w+|TMPDIR|TMP|TEMP|NO_COLOR|CI|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR|(https?|all|no)_proxy|PATHEXT|COMSPEC|SYSTEMROOT|WINDIR|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|XDG_\w+)$/i;

/** Terraform's own variables: where it finds providers, what it logs, how it signs in to its cloud. */
const terraformsOwn =
  /^(TF_CLI_CONFIG_FILE|TF_PLUGIN_CACHE_DIR|TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE|TF_REATTACH_PROVIDERS|TF_LOG\w*|TF_REGISTRY_\w+|TF_TOKEN_\w+|TERRAFORM_BINARY_NAME)$/;

/** What each backend reads; its credentials go to no other one. */
const backends: Readonly<Record<Environment["backend"]["type"], RegExp | undefined>> = {
  local: undefined,
  s3: /^AWS_\w+$/,
  gcs: /^(GOOGLE_\w+|CLOUDSDK_\w+|GCLOUD_\w+)$/,
  // By OIDC it asks GitHub for a token itself.
  azurerm: /^(ARM_\w+|AZURE_\w+|ACTIONS_ID_TOKEN_REQUEST_(URL|TOKEN))$/,
  pg: /^PG\w+$/,
  cloud: /^(TF_CLOUD_HOSTNAME|TFE_\w+)$/,
};

/**
 * Variables that change what Terraform does without a trace in what is reviewed: another workspace
 * is another state, and arguments can leave out half of a plan.
 */
const steering =
  /^(TF_WORKSPACE|TF_DATA_DIR|TF_CLI_ARGS\w*|TF_CLOUD_ORGANIZATION|TF_CLOUD_PROJECT)$/;

const picked = (
  given: NodeJS.ProcessEnv,
  isWanted: (name: string) => boolean,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value !== undefined && isWanted(name) ? [[name, value]] : [],
    ),
  );

/** The variables that every child gets: none of them is a credential. */
export function plainEnv(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return picked(given, (name) => common.test(name));
}

/**
 * The variables for a Terraform that serves one environment: what every child gets, Terraform's
 * own, and those of its backend. The credentials of its tenant and its secrets are added by whom
 * they belong to.
 */
export function terraformEnv(
  given: NodeJS.ProcessEnv,
  backend: Environment["backend"]["type"],
): NodeJS.ProcessEnv {
  return picked(
    given,
    (name) =>
      common.test(name) || terraformsOwn.test(name) || backends[backend]?.test(name) === true,
  );
}

/** A line for each variable that would steer Terraform past the review; none of them reaches it. */
export function withheldLines(given: NodeJS.ProcessEnv): string[] {
  return Object.keys(given)
    .filter((name) => steering.test(name) && given[name] !== "")
    .toSorted()
    .map(
      (name) =>
        `${name} is set and is not passed on to Terraform: it would change what Terraform does without showing in the plan. Unset it`,
    );
}

/**
 * The variables for Terraform and cdktf: quiet, with the pinned Node first on the path, and
 * independent of a Terraform configuration that is not there.
 *
 * @param more - variables to add
 * @param given - variables to start from. Default: this process's own
 */
export async function surroundings(
  more: NodeJS.ProcessEnv = {},
  given: NodeJS.ProcessEnv = process.env,
): Promise<Surroundings> {
  const scratch = await mkdtemp(join(tmpdir(), "otp-"));
  const configured = given["TF_CLI_CONFIG_FILE"];
  let config = configured;
  // A configuration that is named but missing makes Terraform complain at every command.
  if (configured !== undefined && !existsSync(configured)) {
    config = join(scratch, "terraform.rc");
    await writeFile(config, "");
  }
  return {
    environment: {
      ...picked(given, (name) => !steering.test(name)),
      PATH: [join(project, "node_modules", ".bin"), given["PATH"] ?? ""].join(delimiter),
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
