import { UserError } from "../../config/user-error.ts";
import { copyFile, readFile, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import type { StackFacts } from "./stack-digest.ts";

/** A plan that cannot be applied, or not any more; the message is one readable line. */
export class PlanError extends UserError {
  override readonly name = "PlanError";
}

/** What is written beside a plan, so that it is applied to nothing but what it was made for. */
export interface PlanFacts extends StackFacts {
  readonly environment: string;
  readonly domain: string;
  /** Version of Terraform; only the same one applies the plan. */
  readonly terraform: string;
  /** When it was made, ISO 8601. */
  readonly madeAt: string;
  readonly changes: boolean;
}

/** Names inside a plan's folder; the folder is whole, so it can be moved to another machine. */
export const files = {
  plan: "plan",
  json: "plan.json",
  facts: "plan.meta.json",
  /** Terraform's own name for it is hidden, and uploads of artifacts pass hidden files over. */
  locks: "terraform.lock.hcl",
} as const;

const hiddenLocks = ".terraform.lock.hcl";

const factsSchema = z.object({
  environment: z.string(),
  domain: z.string(),
  terraform: z.string(),
  madeAt: z.string(),
  changes: z.boolean(),
  secrets: z.record(z.string(), z.number()),
  digest: z.string(),
});

/** A plan that was kept. */
export interface SavedPlan {
  readonly folder: string;
  readonly facts: PlanFacts;
}

/** Writes what a plan is known by, beside it. */
export async function keepFacts(folder: string, facts: PlanFacts): Promise<void> {
  await writeFile(join(folder, files.facts), `${JSON.stringify(facts, undefined, 2)}\n`);
  // A provider that is not installed from a registry has no lock.
  await copyFile(join(folder, hiddenLocks), join(folder, files.locks)).catch(() => undefined);
}

/** Puts the provider's lock where Terraform looks for it, in a copy of a plan's folder. */
export async function restoreLocks(folder: string): Promise<void> {
  await copyFile(join(folder, files.locks), join(folder, hiddenLocks)).catch(() => undefined);
}

/**
 * Opens a plan that `otp plan` kept.
 *
 * @param path - its folder, or the plan file in it
 * @throws PlanError naming what is missing or broken
 */
export async function openPlan(path: string): Promise<SavedPlan> {
  const folder = basename(path) === files.plan && (await isFile(path)) ? dirname(path) : path;
  const wanted = `expected ${path} to be a folder that \`otp plan\` made`;
  for (const name of [files.plan, files.facts, "cdk.tf.json"])
    if (!(await isFile(join(folder, name))))
      throw new PlanError(`${wanted}, got: no ${name} in it; make the plan anew`);
  const text = await readFile(join(folder, files.facts), "utf8");
  const facts = (() => {
    try {
      return factsSchema.parse(JSON.parse(text));
    } catch {
      throw new PlanError(`${wanted}, got: a ${files.facts} that is broken; make the plan anew`);
    }
  })();
  return { folder, facts };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
