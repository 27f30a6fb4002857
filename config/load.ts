import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Environment } from "./environment.ts";
import type { EvaluatedFile } from "./evaluate.ts";
import { evaluateFile, shortName } from "./evaluate.ts";
import { problems } from "./expected.ts";
import { nearest } from "./nearest.ts";
import { ruleProblems } from "./rules.ts";
import { environmentSchema } from "./schema.ts";
import { registry } from "./vendors.ts";
import { UserError } from "./user-error.ts";

const folder = fileURLToPath(new URL("../environments", import.meta.url));
/** Whether a vendor's setting at this path is a secret. */
function isSecretPath(value: unknown) {
  return ([channel, , index, setting]: readonly PropertyKey[]): boolean => {
    if (channel !== "email" && channel !== "phone") return false;
    const vendors = (value as Record<string, { vendors?: { vendor?: string }[] }>)[channel]
      ?.vendors;
    const vendor = vendors?.[Number(index)]?.vendor ?? "";
    return registry[channel][vendor]?.settings[String(setting)]?.type === "secret";
  };
}

/** What can be said of a file whose default export is no object. */
function notAnEnvironment(value: unknown): string | undefined {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return undefined;
  if (value === undefined) return "nothing";
  if (typeof value === "function") return "a function; export what it returns";
  if (value === null) return "null";
  return Array.isArray(value) ? "a list; write a file for each environment" : `a ${typeof value}`;
}

/** Without fields that are undefined: leaving out and `undefined` mean the same in a file. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, withoutUndefined(inner)]),
  );
}

/**
 * Checks what an environment file exports.
 *
 * @throws UserError with a line for each problem: file, path, what was expected, what was got
 */
export function checkEnvironment(
  exported: unknown,
  file: string,
  about: Omit<EvaluatedFile, "value"> = {},
): Environment {
  const fail = (lines: readonly string[]): never => {
    throw new UserError(lines.map((line) => `${shortName(file)}: ${line}`).join("\n"));
  };
  const other = notAnEnvironment(exported);
  if (other !== undefined)
    return fail([`expected an environment as the default export, got: ${other}`]);
  const value = withoutUndefined(exported);
  const parsed = environmentSchema.safeParse(value);
  if (!parsed.success) return fail(problems(parsed.error, value, isSecretPath(value)));
  const environment: Environment = { ...parsed.data, ...about, file };
  const broken = ruleProblems(environment);
  return broken.length > 0 ? fail(broken) : environment;
}

/**
 * Loads one environment file.
 *
 * @throws UserError if it is missing, does not run, or holds anything wrong
 */
export async function loadEnvironmentFile(path: string): Promise<Environment> {
  const file = resolve(path);
  if (!existsSync(file))
    throw new UserError(`${shortName(file)}: expected an environment file, got: no such file`);
  const { value, ...about } = await evaluateFile(file);
  return checkEnvironment(value, file, about);
}

/** Files of the project's own environments, by name. */
async function projectFiles(): Promise<Map<string, string>> {
  const files = (await readdir(folder)).filter((name) => /^[^.].*\.ts$/.test(name)).sort();
  return new Map(files.map((name) => [basename(name, ".ts"), join(folder, name)]));
}

/**
 * Loads environments by name or by path, in the given order.
 *
 * @param references - names (`production`) or paths of files (`./mine/eu.ts`); none for all of the
 * project's own
 * @throws UserError with all problems of all files, and for two environments of one name
 */
export async function loadEnvironments(references: readonly string[] = []): Promise<Environment[]> {
  const own = await projectFiles();
  const files = references.map((reference) => {
    const known = own.get(reference);
    if (known !== undefined) return known;
    if (/[\\/.]/.test(reference)) return reference;
    const suggestion = nearest(reference, [...own.keys()]);
    throw new UserError(
      `expected an environment (${[...own.keys()].join(", ")}) or the path of an environment file, ` +
        `got: "${reference}"${suggestion === undefined ? "" : `; did you mean ${suggestion}?`}`,
    );
  });
  const loaded = await Promise.allSettled(
    (references.length > 0 ? files : [...own.values()]).map(loadEnvironmentFile),
  );
  const failures = loaded.flatMap((result) =>
    result.status === "rejected" ? [result.reason as unknown] : [],
  );
  const unexpected = failures.find((failure) => !(failure instanceof UserError));
  if (unexpected !== undefined) throw unexpected as Error;
  const environments = loaded.flatMap((result) =>
    result.status === "fulfilled" ? [result.value] : [],
  );
  const lines = failures.map((failure) => (failure as UserError).message);
  for (const [index, { name, file }] of environments.entries()) {
    const other = environments.slice(0, index).find((before) => before.name === name);
    if (other)
      lines.push(
        `${shortName(file)}: name: expected a name of its own, got: "${name}", which ${shortName(other.file)} has too`,
      );
  }
  if (lines.length > 0) throw new UserError(lines.join("\n"));
  return environments;
}
