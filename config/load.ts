import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Environment } from "./environment.ts";
import { problems } from "./expected.ts";
import { nearest } from "./nearest.ts";
import { ruleProblems } from "./rules.ts";
import { environmentSchema } from "./schema.ts";
import { registry } from "./vendors.ts";
import { UserError } from "./user-error.ts";

const folder = fileURLToPath(new URL("../environments", import.meta.url));
const definitions = fileURLToPath(new URL("define.ts", import.meta.url));

/** How a file is named in messages: as short as it can be from where the user stands. */
const shortly = (file: string) => {
  const near = relative(process.cwd(), file);
  return near.startsWith("../environments") || isAbsolute(near) ? file : near;
};

/** The default export of an environment file, which may lie anywhere. */
async function evaluate(file: string): Promise<unknown> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "silent",
    // A file outside the project has no node_modules that would lead back to it.
    alias: { "auth0-otp-delivery": definitions },
  });
  // The bundle is whole, so it can run from nowhere and leaves no file behind.
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  const module = (await import(`data:text/javascript;base64,${code}`)) as { default?: unknown };
  return module.default;
}

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

/**
 * Checks what an environment file exports.
 *
 * @throws UserError with a line for each problem: file, path, what was expected, what was got
 */
export function checkEnvironment(value: unknown, file: string): Environment {
  const fail = (lines: readonly string[]): never => {
    throw new UserError(lines.map((line) => `${shortly(file)}: ${line}`).join("\n"));
  };
  const parsed = environmentSchema.safeParse(value);
  if (!parsed.success) return fail(problems(parsed.error, value, isSecretPath(value)));
  const environment = { ...parsed.data, file } as Environment;
  const broken = ruleProblems(environment);
  return broken.length > 0 ? fail(broken) : environment;
}

/**
 * Loads one environment file.
 *
 * @throws UserError where it is missing, does not run, or holds anything wrong
 */
export async function loadEnvironmentFile(path: string): Promise<Environment> {
  const file = resolve(path);
  if (!existsSync(file))
    throw new UserError(`${shortly(file)}: expected an environment file, got: no such file`);
  let value: unknown;
  try {
    value = await evaluate(file);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const first = message.split("\n").find((line) => line.trim() !== "") ?? "";
    throw new UserError(`${shortly(file)}: expected a file that runs, got: ${first}`);
  }
  if (value === undefined)
    throw new UserError(
      `${shortly(file)}: expected an environment as the default export, got: nothing`,
    );
  return checkEnvironment(value, file);
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
        `${shortly(file)}: name: expected a name of its own, got: "${name}", which ${shortly(other.file)} has too`,
      );
  }
  if (lines.length > 0) throw new UserError(lines.join("\n"));
  return environments;
}
