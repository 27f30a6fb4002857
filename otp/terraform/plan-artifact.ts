import { UserError } from "../../config/user-error.ts";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { canonicalPlan, planDigest } from "./plan-digest.ts";
import type { Canonical } from "./plan-digest.ts";
import { lockedVersions } from "./provider-lock.ts";
import { readStack } from "./stack-sources.ts";

/** A plan that cannot be applied, or not any more; the message is one readable line. */
export class PlanError extends UserError {
  override readonly name = "PlanError";
}

/** What is written next to a plan, for people and for the checks before anything is planned. */
export interface PlanFacts {
  readonly environment: string;
  readonly domain: string;
  /** Version of Terraform. */
  readonly terraform: string;
  /** When it was made, ISO 8601. */
  readonly madeAt: string;
  readonly changes: boolean;
  /** SHA-256 of the plan's canonical form: the same for plans that do the same. */
  readonly digest: string;
}

/** Names inside a plan's folder: documents, nothing that runs. */
export const files = {
  json: "plan.json",
  facts: "plan.meta.json",
  stack: "cdk.tf.json",
  /** Terraform's own name for it is hidden, and uploads of artifacts leave hidden files out. */
  locks: "terraform.lock.hcl",
} as const;

const factsSchema = z.object({
  environment: z.string(),
  domain: z.string(),
  terraform: z.string(),
  madeAt: z.string(),
  changes: z.boolean(),
  digest: z.string(),
});

/** A plan that was kept. */
export interface SavedPlan {
  readonly folder: string;
  readonly facts: PlanFacts;
}

/** A kept plan, read: data, to compare a fresh plan with. */
export interface ReviewedPlan extends SavedPlan {
  readonly canonical: Canonical;
}

/**
 * Reads a plan that `otp plan` kept. Nothing of it is ever run, initialised or applied: only its
 * JSON, its stack and its lock file are read.
 *
 * @param path - its folder, or a file in it
 * @throws PlanError naming what is missing or broken, or saying that it was changed
 */
export async function openPlan(path: string): Promise<ReviewedPlan> {
  const folder = (await isFile(path)) ? dirname(path) : path;
  const wanted = `expected ${basename(path) === basename(folder) ? path : folder} to be a folder that \`otp plan\` made`;
  for (const name of [files.json, files.facts, files.stack])
    if (!(await isFile(join(folder, name))))
      throw new PlanError(`${wanted}, got: no ${name} in it; make the plan anew`);
  const broken = (name: string) =>
    new PlanError(`${wanted}, got: a ${name} that is broken; make the plan anew`);
  const json = async (name: string): Promise<unknown> => {
    try {
      return JSON.parse(await readFile(join(folder, name), "utf8"));
    } catch {
      throw broken(name);
    }
  };
  const parsed = factsSchema.safeParse(await json(files.facts));
  if (!parsed.success) throw broken(files.facts);
  const facts = parsed.data;
  const plan = await json(files.json);
  await json(files.stack);
  const locks = await readFile(join(folder, files.locks), "utf8").catch(() => "");
  const canonical = canonicalPlan({
    environment: facts.environment,
    domain: facts.domain,
    plan,
    ...(await readStack(folder)),
    providers: lockedVersions(locks),
  });
  const digest = planDigest(canonical);
  if (digest !== facts.digest)
    throw new PlanError(
      `${facts.environment}: expected the plan with the digest ${facts.digest}, got: documents with ${digest}; ` +
        "they were changed after the plan was made. Make a new plan and have it reviewed",
    );
  return { folder, facts, canonical };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
