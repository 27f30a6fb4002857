import { readFile, readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { NamedPlan, Plan } from "./review/index.ts";
import { readPlan } from "./review/index.ts";
import { UserError } from "../config/user-error.ts";

const planFile = "plan.json";
const factsFile = "plan.meta.json";

/** The environment that `otp plan` noted beside a plan. */
async function notedEnvironment(folder: string): Promise<string | undefined> {
  const facts = await readFile(join(folder, factsFile), "utf8").catch(() => "");
  return /"environment":\s*"([a-z0-9-]+)"/.exec(facts)?.[1];
}

async function readNamed(file: string): Promise<NamedPlan> {
  const plan = readPlan(await readFile(file, "utf8"), file);
  const folder = dirname(resolve(file));
  const own = basename(file);
  if (own !== planFile) return { environment: own.replace(/(\.plan)?\.json$/, ""), plan };
  const noted = await notedEnvironment(folder);
  return { environment: noted ?? basename(folder), plan, isNoted: noted !== undefined };
}

/** Plan files that a path stands for: itself, the one in a folder, or those one level below. */
async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return [path];
  const wanted = `expected ${path} to be a plan's JSON, or a folder that \`otp plan\` made`;
  if (!found?.isDirectory()) throw new UserError(`${wanted}, got: no such file or folder`);
  const entries = await readdir(path, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && entry.name === planFile))
    return [join(path, planFile)];
  const inside = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(path, entry.name, planFile))
      .sort()
      .map(async (file) => ((await stat(file).catch(() => undefined))?.isFile() ? [file] : [])),
  );
  if (inside.flat().length === 0)
    throw new UserError(`${wanted}, got: a folder without ${planFile}`);
  return inside.flat();
}

/**
 * Reads the plans that paths stand for. An environment's name is what `otp plan` noted, else the
 * folder's name, or that of a file with a name of its own (`production.json`).
 *
 * @throws UserError for a path without a plan
 * @throws UserError for a file that is no whole plan
 */
export async function readPlans(paths: readonly string[]): Promise<NamedPlan[]> {
  const files = await Promise.all(paths.map(filesAt));
  return Promise.all(files.flat().map(readNamed));
}

/** Variables of credentials, which a plan does not name. */
const credentials = ["AUTH0_CLIENT_SECRET", "AUTH0_API_TOKEN", "PG_CONN_STR", "GH_TOKEN"];

/** Values on this machine of the secrets that plans name, and of its credentials. */
export function knownSecrets(plans: readonly Plan[], environment: NodeJS.ProcessEnv): string[] {
  const named = plans.flatMap(({ configuration }) =>
    Object.entries(configuration?.root_module?.variables ?? {}).flatMap(([name, { sensitive }]) =>
      sensitive ? [name] : [],
    ),
  );
  const names = [...new Set([...named, ...credentials])];
  // `TF_VAR_NAME` is Terraform's own, `PRODUCTION_NAME` that of one environment.
  const isSecret = (key: string) => names.some((name) => key === name || key.endsWith(`_${name}`));
  return Object.entries(environment).flatMap(([key, value]) =>
    value !== undefined && isSecret(key) ? [value] : [],
  );
}
