import type { Environment } from "../../config/environment.ts";
import { applyPlan, checkPlan } from "../terraform/apply.ts";
import { makePlan, planJson } from "../terraform/plan.ts";
import { openPlan } from "../terraform/plan-artifact.ts";
import type { SavedPlan } from "../terraform/plan-artifact.ts";
import type { TerraformOptions } from "../terraform/terraform.ts";
import { releaseDrafts, resendSecrets, secretTimes } from "./action-release.ts";
import type { Check } from "./comparison.ts";
import { listed } from "./comparison.ts";
import { takeInventory } from "./inventory.ts";
import type { Progress } from "./progress.ts";
import { rotatedBy } from "./rotation.ts";
import { needScopes, reachTenant } from "./tenant.ts";
import type { TenantAccess } from "./tenant.ts";
import type { BuiltCode } from "./verify.ts";
import { verify, verifyScopes } from "./verify.ts";
import { UserError } from "../../config/user-error.ts";

export interface Deploying {
  readonly environment: Environment;
  readonly terraform: TerraformOptions;
  readonly built: BuiltCode;
  readonly progress: Progress;
  /** A folder of its own, which is removed by the caller. */
  readonly scratch: string;
  /** Path of a plan that was reviewed; without it, one is made. */
  readonly plan?: string;
  /** Sends all secrets past Terraform, too. */
  readonly resend: boolean;
  /** Shows a plan; it is applied where this does not throw. Not asked for one that was given. */
  readonly agree: (plan: SavedPlan, json: string) => Promise<void>;
}

/** How a deployment went. */
export interface Deployed {
  readonly environment: string;
  /** Whether anything was applied. */
  readonly applied: boolean;
  readonly checks: readonly Check[];
}

/** The scopes that a deployment needs. */
export function deployScopes(environment: Environment): string[] {
  const { email, phone } = environment;
  const changes = (what: string) => ["read", "create", "update"].map((verb) => `${verb}:${what}`);
  return [
    ...new Set([
      ...changes("actions"),
      ...(email ? changes("email_provider") : []),
      ...(phone ? changes("phone_providers") : []),
      ...(email?.passwordless || phone?.passwordless ? changes("connections") : []),
      ...verifyScopes(environment),
    ]),
  ];
}

/** Applies a plan, and says where the tenant did not get the secrets that the state now claims. */
async function apply(
  tenant: TenantAccess,
  saved: SavedPlan,
  { environment, terraform }: Deploying,
  json: string,
): Promise<void> {
  const { name } = environment;
  const rotated = rotatedBy(json);
  const before = rotated.length > 0 ? await takeInventory(tenant, environment) : undefined;
  const missed = async () => {
    if (!before) return [];
    const after = await takeInventory(tenant, environment);
    return rotated.filter(
      (channel) => secretTimes(after.actions[channel]) === secretTimes(before.actions[channel]),
    );
  };
  const todo = (old: readonly string[]) =>
    `${name}: expected the tenant to have the new secrets for ${listed(old)}, got: the old ones, though ` +
    `Terraform's state says otherwise and plans nothing; run \`npx otp deploy ${name} --resend-secrets\``;
  try {
    await applyPlan(saved, terraform);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "CommandError") throw error;
    const old = await missed().catch(() => rotated);
    if (old.length > 0) throw new UserError(`${error.message}\n${todo(old)}`, { cause: error });
    throw error;
  }
  const old = await missed();
  if (old.length > 0) throw new UserError(todo(old));
}

/**
 * Deploys one environment and verifies it: the plan that was given, exactly, or one made now.
 *
 * @throws UserError for credentials of another tenant or missing scopes, before anything is
 * written
 * @throws PlanError for a plan that is not this environment's, or not current
 * @throws CommandError with Terraform's errors
 */
export async function deploy(deploying: Deploying): Promise<Deployed> {
  const { environment, terraform, built, progress, scratch, plan, resend, agree } = deploying;
  const { name, domain } = environment;
  const { environment: variables, signal } = terraform;
  const given = plan === undefined ? undefined : await openPlan(plan);
  const tenant = await reachTenant({
    name,
    domain,
    variables,
    say: (line) => {
      progress.say(line);
    },
    ...(signal && { signal }),
  });
  needScopes(tenant, deployScopes(environment));
  const saved =
    given ??
    (await progress.step(`${name}: plan`, () => makePlan(environment, scratch, terraform)));
  const json = await planJson(saved);
  if (given)
    await progress.step(`${name}: the plan is this environment's`, () =>
      checkPlan(given, environment, terraform),
    );
  else if (saved.facts.changes) await agree(saved, json);
  if (saved.facts.changes)
    await progress.step(`${name}: apply`, () => apply(tenant, saved, deploying, json));
  else progress.say(`${name}: nothing to apply`);
  if (resend)
    await progress.step(`${name}: all secrets sent again`, async () =>
      resendSecrets(tenant, environment, await takeInventory(tenant, environment), variables),
    );
  const found = await takeInventory(tenant, environment);
  const released = await releaseDrafts(tenant, found, built);
  if (released.length > 0)
    progress.say(`${name}: deployed what an earlier apply had only written (${listed(released)})`);
  const checks = await progress.step(`${name}: verify`, () => verify(tenant, environment, built));
  return { environment: name, applied: saved.facts.changes, checks };
}
