import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transform } from "esbuild";
import { bundle } from "../bundle/bundle.ts";
import { channels } from "../config/environment.ts";
import type { Environment } from "../config/environment.ts";
import { loadEnvironments } from "../config/load.ts";
import { inOrderOfPromotion } from "../config/promotion.ts";
import { refuseDomainFromVariable } from "./tenant/domain-source.ts";
import { ownVariables } from "./tenant/variables.ts";
import type { BuiltCode } from "./tenant/verify.ts";
import { plainEnv, surroundings, terraformEnv, withheldLines } from "./terraform/child-env.ts";
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
 * Starts esbuild's service, which runs as long as this process and gets its variables when it
 * starts: those that every child gets, and no credential.
 */
export async function startEsbuild(): Promise<void> {
  const all = process.env;
  process.env = plainEnv(all);
  try {
    // The service is started before this call returns its promise.
    const started = transform("");
    process.env = all;
    await started;
  } finally {
    process.env = all;
  }
}

/**
 * Prepares environments, in the order of promotion, and cleans up after them.
 *
 * @param references - names or paths
 * @throws UserError if none are named; an environment is never chosen silently
 */
export async function onStages<T>(
  references: readonly string[],
  signal: AbortSignal,
  work: (stages: readonly Stage[]) => Promise<T>,
): Promise<T> {
  if (references.length === 0)
    throw new UserError("expected the name or the path of an environment, got: none");
  await startEsbuild();
  const environments = inOrderOfPromotion(await loadEnvironments(references));
  environments.forEach(refuseDomainFromVariable);
  for (const line of withheldLines(process.env)) process.stderr.write(`${line}\n`);
  const scratch = await mkdtemp(join(tmpdir(), "otp-operate-"));
  const closers: (() => Promise<void>)[] = [];
  try {
    const stages = [];
    for (const environment of environments) {
      const given = terraformEnv(process.env, environment.backend.type);
      const around = await surroundings({}, given);
      closers.push(() => around.remove());
      const { variables, confidential } = ownVariables(environment, process.env);
      stages.push({
        environment,
        terraform: {
          environment: { ...around.environment, ...variables },
          confidential,
          signal,
        },
        scratch: join(scratch, environment.name),
      });
    }
    return await work(stages);
  } finally {
    await rm(scratch, { recursive: true, force: true });
    for (const close of closers) await close();
  }
}

/** The code that an environment's Actions must have, by channel. */
export async function builtCode(environment: Environment): Promise<BuiltCode> {
  const made = await Promise.all(channels.map((channel) => bundle(environment, channel)));
  return Object.fromEntries(made.flatMap((one) => (one ? [[one.channel, one.code]] : [])));
}
