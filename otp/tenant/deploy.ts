import type { Environment } from "../../config/environment.ts";
import { applyFresh, planStack, prepareStack } from "../terraform/plan.ts";
import type { FreshPlan, PlanOptions } from "../terraform/plan.ts";
import { PlanError, openPlan } from "../terraform/plan-artifact.ts";
import type { ReviewedPlan } from "../terraform/plan-artifact.ts";
import { planDifferences } from "../terraform/plan-differences.ts";
import { CommandError } from "../terraform/run.ts";
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
  readonly terraform: PlanOptions;
  readonly built: BuiltCode;
  readonly progress: Progress;
  /** A folder of its own, which is removed by the caller. */
  readonly scratch: string;
  /** Path of a plan that was reviewed: only what equals it is applied. */
  readonly plan?: string;
  /** Sends all secrets past Terraform, too. */
  readonly resend: boolean;
  /** Shows a plan; it is applied where this does not throw. Not asked for one that was given. */
  readonly agree: (plan: FreshPlan) => Promise<void>;
}

/** How a deployment went. */
export interface Deployed {
  readonly environment: string;
  /** Whether anything was applied. */
  readonly applied: boolean;
  /** SHA-256 of the plan's canonical form, as the review named it. */
  readonly digest: string;
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
  fresh: FreshPlan,
  { environment, terraform }: Deploying,
): Promise<void> {
  const { name } = environment;
  const rotated = rotatedBy(fresh.json);
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
    await applyFresh(fresh, terraform);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const old = await missed().catch(() => rotated);
    if (old.length > 0) throw new UserError(`${error.message}\n${todo(old)}`, { cause: error });
    throw error;
  }
  const old = await missed();
  if (old.length > 0) throw new UserError(todo(old));
}

/** So many differences are named; the rest is counted. */
const mostDifferences = 20;

/**
 * Makes sure that a plan made just now does what was reviewed.
 *
 * @throws PlanError with the differences in words; nothing was written then
 */
function compareReviewed(reviewed: ReviewedPlan, fresh: FreshPlan): void {
  if (reviewed.facts.digest === fresh.facts.digest) return;
  const all = planDifferences(reviewed.canonical, fresh.canonical);
  const more = all.length - mostDifferences;
  throw new PlanError(
    [
      `${fresh.facts.environment}: what Terraform would do now is not what was reviewed at ${reviewed.facts.madeAt}; nothing was applied.`,
      ...all.slice(0, mostDifferences).map((line) => `  ${line}`),
      ...(more > 0 ? [`  and ${String(more)} more`] : []),
      "Make a new plan and have it reviewed",
    ].join("\n"),
  );
}

/** Compares what a kept plan says of itself, before anything else is done for it. */
function checkFacts({ facts }: ReviewedPlan, { name, domain }: Environment): void {
  const todo = "nothing was applied. Make a new plan";
  if (facts.environment !== name)
    throw new PlanError(
      `${name}: expected a plan of ${name}, got: one of ${facts.environment}; ${todo}`,
    );
  if (facts.domain !== domain)
    throw new PlanError(
      `${name}: expected a plan for ${domain}, got: one for ${facts.domain}; ${todo}`,
    );
}

/**
 * Deploys one environment and verifies it. The plan is always made now, from this checkout; if a
 * reviewed one is given, it is applied only if both do the same.
 *
 * @throws UserError for a domain that is not certain, credentials of another tenant or missing
 * scopes, before anything is written
 * @throws PlanError for a plan that is not this environment's, or not what Terraform would do now
 * @throws TerraformError with Terraform's errors
 */
export async function deploy(deploying: Deploying): Promise<Deployed> {
  const { environment, terraform, built, progress, scratch, plan, resend, agree } = deploying;
  const { name, domain } = environment;
  const { environment: variables, signal } = terraform;
  const reviewed = plan === undefined ? undefined : await openPlan(plan);
  if (reviewed) checkFacts(reviewed, environment);
  const stack = await prepareStack(environment, scratch, {
    ...terraform,
    // Where nobody watches, only a provider whose hash is committed gets the credentials.
    needsLock: ![undefined, "", "false"].includes(process.env["CI"]),
  });
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
  const fresh = await progress.step(`${name}: plan`, () => planStack(stack, terraform));
  const { changes, digest } = fresh.facts;
  if (reviewed) {
    compareReviewed(reviewed, fresh);
    progress.say(`${name}: the plan is the reviewed one (${digest})`);
  } else if (changes) await agree(fresh);
  if (changes) await progress.step(`${name}: apply`, () => apply(tenant, fresh, deploying));
  else progress.say(`${name}: nothing to apply`);
  if (resend)
    await progress.step(`${name}: all secrets sent again`, async () =>
      resendSecrets(tenant, environment, await takeInventory(tenant, environment), variables),
    );
  const found = await takeInventory(tenant, environment);
  const released = await releaseDrafts(tenant, found, built);
  if (released.length > 0)
    progress.say(`${name}: deployed what an earlier apply had only written (${listed(released)})`);
  const checks = await progress.step(`${name}: verify`, () =>
    verify(tenant, environment, built, released.length > 0 ? undefined : found),
  );
  return { environment: name, applied: changes, digest, checks };
}
