import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../config/environment.ts";
import { lockTimeout } from "./plan.ts";
import { CommandError } from "./run.ts";
import { PlanError, files, restoreLocks } from "./plan-artifact.ts";
import type { SavedPlan } from "./plan-artifact.ts";
import { stackFacts } from "./stack-digest.ts";
import { synthesise } from "./synthesis.ts";
import { initialise, terraform } from "./terraform.ts";
import type { TerraformOptions } from "./terraform.ts";
import { terraformVersion } from "./version.ts";

type Target = Pick<Environment, "name" | "file" | "domain">;

/**
 * Makes sure that a kept plan is this environment's, and was made from the secrets and sources at
 * hand. Whether the state is still the same, Terraform itself looks at when it applies.
 *
 * @throws PlanError saying what differs; nothing was written then
 */
export async function checkPlan(
  { facts }: SavedPlan,
  target: Target,
  options: TerraformOptions,
): Promise<void> {
  const expected = (what: string, got: string) =>
    new PlanError(
      `${target.name}: expected a plan ${what}, got: one ${got}; nothing was applied. Make a new plan`,
    );
  if (facts.environment !== target.name)
    throw expected(`of ${target.name}`, `of ${facts.environment}`);
  if (facts.domain !== target.domain) throw expected(`for ${target.domain}`, `for ${facts.domain}`);
  const version = await terraformVersion(options.environment);
  if (facts.terraform !== version)
    throw expected(`of Terraform ${version}`, `of Terraform ${facts.terraform}`);
  const synthesis = await synthesise(target, options);
  try {
    const now = await stackFacts(synthesis.folder);
    const other = Object.keys({ ...now.secrets, ...facts.secrets }).filter(
      (channel) => now.secrets[channel] !== facts.secrets[channel],
    );
    if (other.length > 0)
      throw expected(
        `made with the secrets at hand`,
        `made with other secrets for ${other.join(" and ")}`,
      );
    if (now.digest !== facts.digest)
      throw expected(
        "made from the environment file and sources at hand",
        `made from others at ${facts.madeAt}`,
      );
  } finally {
    await synthesis.remove();
  }
}

/**
 * Applies exactly a kept plan. Its folder stays as it is.
 *
 * @throws PlanError where the state has changed since the plan was made
 * @throws CommandError with Terraform's errors
 */
export async function applyPlan(saved: SavedPlan, options: TerraformOptions): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "otp-apply-"));
  try {
    const folder = join(scratch, "stack");
    await cp(saved.folder, folder, { recursive: true });
    await restoreLocks(folder);
    await initialise(folder, options);
    await terraform(
      folder,
      ["apply", "-input=false", "-no-color", lockTimeout, files.plan],
      options,
    );
  } catch (error) {
    if (error instanceof CommandError && /Saved plan (is stale|does not match)/.test(error.message))
      throw new PlanError(
        `${saved.facts.environment}: expected a plan of the present state, got: one of an earlier state ` +
          `(made at ${saved.facts.madeAt}); nothing was applied. Make a new plan`,
      );
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
