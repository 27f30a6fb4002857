import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Environment } from "../../config/environment.ts";
import { CommandError } from "./run.ts";
import { files } from "./plan-artifact.ts";
import type { PlanFacts, SavedPlan } from "./plan-artifact.ts";
import { canonicalPlan, planDigest } from "./plan-digest.ts";
import type { Canonical } from "./plan-digest.ts";
import { lockIn, lockedVersions, takeLock } from "./provider-lock.ts";
import { readStack } from "./stack-sources.ts";
import { checkStateDomain } from "./state-domain.ts";
import { synthesise } from "./synthesis.ts";
import type { SynthesisOptions } from "./synthesis.ts";
import { initialise, terraform } from "./terraform.ts";

/** Terraform waits so long for somebody else's lock on the state. */
export const lockTimeout = "-lock-timeout=60s";

/** The binary plan; it stays in the folder in which it was made. */
const planFile = "plan";

/** What is planned and applied. */
export type PlanTarget = Environment;

export interface PlanOptions extends SynthesisOptions {
  /** Refuses to go on without the project's lock file, as CI does. Default: false. */
  readonly needsLock?: boolean;
}

/** A stack from this checkout in a folder of its own, with its backend and provider. */
export interface PreparedStack {
  readonly target: PlanTarget;
  readonly folder: string;
}

/** A plan that was made just now, in the folder in which it can be applied. */
export interface FreshPlan {
  readonly stack: PreparedStack;
  /** As `terraform show -json` printed it. */
  readonly json: string;
  readonly facts: PlanFacts;
  readonly canonical: Canonical;
}

const shownSchema = z.object({ terraform_version: z.string() });

/**
 * Synthesises an environment from the checkout, initialises Terraform there and makes sure that the
 * state is of the same tenant. No credential of the tenant is needed, and none leaves this machine.
 *
 * @param folder - a folder of its own that does not exist yet
 * @throws UserError for an environment that cannot be synthesised, or a missing lock file
 * @throws TerraformError
 */
export async function prepareStack(
  target: PlanTarget,
  folder: string,
  options: PlanOptions,
): Promise<PreparedStack> {
  const synthesis = await synthesise(target, options);
  try {
    await mkdir(dirname(folder), { recursive: true });
    // Only its owner: a plan says much of a tenant, if nothing secret.
    await mkdir(folder, { mode: 0o700 });
    await cp(synthesis.folder, folder, { recursive: true });
  } finally {
    await synthesis.remove();
  }
  const isLocked = await takeLock(folder, options.environment, options.needsLock ?? false);
  await initialise(folder, options, isLocked);
  await checkStateDomain(target, folder, options);
  return { target, folder };
}

/**
 * Plans a prepared stack.
 *
 * @throws TerraformError
 */
export async function planStack(stack: PreparedStack, options: PlanOptions): Promise<FreshPlan> {
  const { folder, target } = stack;
  const { code } = await terraform(
    folder,
    ["plan", "-input=false", "-no-color", lockTimeout, "-detailed-exitcode", `-out=${planFile}`],
    options,
    [0, 2],
  );
  const { stdout: json } = await terraform(folder, ["show", "-json", planFile], options);
  const plan: unknown = JSON.parse(json);
  const canonical = canonicalPlan({
    environment: target.name,
    domain: target.domain,
    plan,
    ...(await readStack(folder)),
    providers: lockedVersions(await lockIn(folder)),
  });
  const facts: PlanFacts = {
    environment: target.name,
    domain: target.domain,
    terraform: shownSchema.parse(plan).terraform_version,
    madeAt: new Date().toISOString(),
    changes: code === 2,
    digest: planDigest(canonical),
  };
  return { stack, json, facts, canonical };
}

/**
 * Applies a plan where it was made: exactly that, or nothing if the state has changed since.
 *
 * @throws TerraformError
 */
export async function applyFresh({ stack }: FreshPlan, options: PlanOptions): Promise<void> {
  await terraform(
    stack.folder,
    ["apply", "-input=false", "-no-color", lockTimeout, planFile],
    options,
  );
}

/** Makes room for a plan; only an earlier one is removed for it. */
async function clear(folder: string): Promise<void> {
  const found = await readdir(folder).catch((): string[] => []);
  const isPlan = found.some((name) => name === files.facts || name === files.stack);
  if (found.length > 0 && !isPlan)
    throw new CommandError(
      `expected ${folder} to be empty or to hold an earlier plan, got: other files; name another folder`,
    );
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Keeps the documents of a plan: its JSON, its stack, its lock file and its facts. */
async function keep({ stack, json, facts }: FreshPlan, folder: string): Promise<SavedPlan> {
  await cp(join(stack.folder, files.stack), join(folder, files.stack));
  await cp(join(stack.folder, "assets"), join(folder, "assets"), { recursive: true }).catch(
    () => undefined,
  );
  await writeFile(join(folder, files.json), json);
  const lock = await lockIn(stack.folder);
  if (lock !== "") await writeFile(join(folder, files.locks), lock);
  await writeFile(join(folder, files.facts), `${JSON.stringify(facts, undefined, 2)}\n`);
  return { folder, facts };
}

/**
 * Plans an environment in a folder that comes and goes, and keeps the documents of the plan: what a
 * review and a later deployment read. No secret is among it, and nothing that runs.
 *
 * @param folder - where they are kept; an earlier plan there is replaced
 * @throws TerraformError
 */
export async function makePlan(
  target: PlanTarget,
  folder: string,
  options: PlanOptions,
): Promise<SavedPlan> {
  await clear(folder);
  const scratch = await mkdtemp(join(tmpdir(), "otp-plan-"));
  try {
    const stack = await prepareStack(target, join(scratch, "stack"), options);
    return await keep(await planStack(stack, options), folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The plan's JSON, as `terraform show -json` printed it. */
export async function planJson({ folder }: SavedPlan): Promise<string> {
  return readFile(join(folder, files.json), "utf8");
}
