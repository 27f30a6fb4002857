import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../config/environment.ts";
import { backendOf } from "../../stacks/backend.ts";
import { secretVariables } from "../../stacks/secrets.ts";
import { project } from "../terraform/child-env.ts";
import { initialise, terraform } from "../terraform/terraform.ts";
import type { TerraformOptions } from "../terraform/terraform.ts";
import { stateSchema } from "../terraform/state.ts";
import { secretsOf } from "./variables.ts";

/** What one environment's Terraform state says. */
export interface Managed {
  /** Ids by address, e.g. `auth0_action.email`. */
  readonly ids: ReadonlyMap<string, string>;
  /** Takes resources out of the state; the tenant keeps them. */
  forget(addresses: readonly string[]): Promise<void>;
  /** Removes what was temporary. */
  close(): Promise<void>;
}

/**
 * Variables with a word in place of every secret that this machine lacks: enough to
 * destroy, not to deploy.
 */
export function withoutSecrets(
  environment: Environment,
  variables: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const values = Object.fromEntries(
    secretsOf(environment).map((name) => [name, variables[name] ?? "none"]),
  );
  return { ...variables, ...secretVariables(values) };
}

function idsIn(state: string): [address: string, id: string][] {
  const { resources } = stateSchema.parse(state.trim() === "" ? {} : JSON.parse(state));
  return resources
    .filter(({ mode, instances }) => mode === "managed" && instances.length > 0)
    .map(({ type, name, instances: [first] }) => [`${type}.${name}`, first?.attributes.id ?? ""]);
}

/**
 * Reads an environment's state through its backend, in a folder with nothing else, so that neither
 * a plan nor secrets are needed.
 *
 * @throws CommandError with Terraform's own words, where the backend cannot be reached
 */
export async function readManaged(
  environment: Environment,
  options: TerraformOptions,
): Promise<Managed> {
  const folder = await mkdtemp(join(tmpdir(), "otp-state-"));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const backend = backendOf(environment, project);
    await writeFile(join(folder, "main.tf.json"), JSON.stringify({ terraform: { backend } }));
    const bounded = { limitMs: 120_000, ...options };
    await initialise(folder, bounded);
    const { stdout } = await terraform(folder, ["state", "pull"], bounded);
    return {
      ids: new Map(idsIn(stdout)),
      async forget(addresses) {
        if (addresses.length > 0)
          await terraform(folder, ["state", "rm", "-no-color", ...addresses], bounded);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
