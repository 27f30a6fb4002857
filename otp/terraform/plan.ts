import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Environment } from "../../config/environment.ts";
import { CommandError } from "./run.ts";
import { files, keepFacts } from "./plan-artifact.ts";
import type { PlanFacts, SavedPlan } from "./plan-artifact.ts";
import { stackFacts } from "./stack-digest.ts";
import { synthesise } from "./synthesis.ts";
import { initialise, terraform } from "./terraform.ts";
import type { TerraformOptions } from "./terraform.ts";
import { terraformVersion } from "./version.ts";

/** Terraform waits so long for somebody else's lock on the state. */
export const lockTimeout = "-lock-timeout=60s";

/** Makes room for a plan; only an earlier one is removed for it. */
async function clear(folder: string): Promise<void> {
  const found = await readdir(folder).catch((): string[] => []);
  if (found.length > 0 && !found.includes(files.facts))
    throw new CommandError(
      `expected ${folder} to be empty or to hold an earlier plan, got: other files; name another folder`,
    );
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
}

/**
 * Plans an environment and keeps the plan with all that applying it needs: the synthesised stack,
 * the plan, its JSON, and what it was made from. No secret is among it.
 *
 * @param folder - where it is kept; an earlier plan there is replaced
 * @throws CommandError with Terraform's errors
 */
export async function makePlan(
  environment: Pick<Environment, "name" | "file" | "domain">,
  folder: string,
  options: TerraformOptions,
): Promise<SavedPlan> {
  const version = await terraformVersion(options.environment);
  await clear(folder);
  const synthesis = await synthesise(environment, options);
  try {
    // Only its owner: a plan says much of a tenant, if nothing secret.
    await mkdir(folder, { mode: 0o700 });
    await cp(synthesis.folder, folder, { recursive: true });
  } finally {
    await synthesis.remove();
  }
  const made = await stackFacts(folder);
  await initialise(folder, options);
  const { code } = await terraform(
    folder,
    ["plan", "-input=false", "-no-color", lockTimeout, "-detailed-exitcode", `-out=${files.plan}`],
    options,
    [0, 2],
  );
  const { stdout } = await terraform(folder, ["show", "-json", "-no-color", files.plan], options);
  await writeFile(join(folder, files.json), stdout);
  const facts: PlanFacts = {
    ...made,
    environment: environment.name,
    domain: environment.domain,
    terraform: version,
    madeAt: new Date().toISOString(),
    changes: code === 2,
  };
  await keepFacts(folder, facts);
  return { folder, facts };
}

/** The plan's JSON, as `terraform show -json` printed it. */
export async function planJson({ folder }: SavedPlan): Promise<string> {
  return readFile(join(folder, files.json), "utf8");
}
