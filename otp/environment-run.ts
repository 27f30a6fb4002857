import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../bundle/bundle.ts";
import { channels } from "../config/environment.ts";
import type { Environment } from "../config/environment.ts";
import { loadEnvironments } from "../config/load.ts";
import { inOrderOfPromotion } from "../config/promotion.ts";
import { ownVariables } from "./tenant/variables.ts";
import type { BuiltCode } from "./tenant/verify.ts";
import { surroundings } from "./terraform/child-env.ts";
import type { TerraformOptions } from "./terraform/terraform.ts";
import { UserError } from "../config/user-error.ts";

/** One environment with all that commands run in for it. */
export interface Stage {
  readonly environment: Environment;
  readonly terraform: TerraformOptions & {
    readonly confidential: readonly string[];
    readonly signal: AbortSignal;
  };
  /** A folder of its own that does not exist yet; it is removed at the end. */
  readonly scratch: string;
}

/**
 * Prepares environments, in the order of promotion, and cleans up after them.
 *
 * @param references - names or paths
 * @throws UserError where none are named; an environment is never chosen silently
 */
export async function onStages<T>(
  references: readonly string[],
  signal: AbortSignal,
  work: (stages: readonly Stage[]) => Promise<T>,
): Promise<T> {
  if (references.length === 0)
    throw new UserError("expected the name or the path of an environment, got: none");
  const environments = inOrderOfPromotion(await loadEnvironments(references));
  const around = await surroundings();
  const scratch = await mkdtemp(join(tmpdir(), "otp-operate-"));
  try {
    return await work(
      environments.map((environment) => {
        const { variables, confidential } = ownVariables(environment, process.env);
        return {
          environment,
          terraform: {
            environment: { ...around.environment, ...variables },
            confidential,
            signal,
          },
          scratch: join(scratch, environment.name),
        };
      }),
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
    await around.remove();
  }
}

/** The code that an environment's Actions must have, by channel. */
export async function builtCode(environment: Environment): Promise<BuiltCode> {
  const made = await Promise.all(channels.map((channel) => bundle(environment, channel)));
  return Object.fromEntries(made.flatMap((one) => (one ? [[one.channel, one.code]] : [])));
}
