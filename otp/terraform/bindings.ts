import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandError, run } from "./run.ts";
import { project } from "./child-env.ts";

const folder = join(project, ".gen");
const stamp = join(folder, "made-from");

/** What the bindings depend on: the providers that cdktf.json names, and the schema's source. */
async function fingerprint(source: string): Promise<string> {
  const config = JSON.parse(await readFile(join(project, "cdktf.json"), "utf8")) as {
    readonly terraformProviders: readonly string[];
  };
  const providers = config.terraformProviders.join("\n");
  return createHash("sha256").update(providers).update(`\n${source}`).digest("hex");
}

/** Whether `.gen` is there and was made from what is configured now. */
export async function bindingsAreCurrent(source: string): Promise<boolean> {
  const made = await readFile(stamp, "utf8").catch(() => "");
  return made === (await fingerprint(source));
}

/**
 * Generated code as this project uses it. It is not written for `exactOptionalPropertyTypes`: its
 * types are used, its bodies are not checked. And it asks for the range of `cdktf.json`: cdktf also
 * writes the one version that it found in the registry, which would pin every stack to it.
 *
 * @param code - a module that cdktf has generated
 */
export function adaptBinding(code: string): string {
  return `// @ts-nocheck\n${code.replace(/^ *providerVersion: '[^']*',?\r?\n/gm, "")}`;
}

async function adaptBindings(): Promise<void> {
  const files = await readdir(folder, { recursive: true });
  const sources = files.filter((file) => file.endsWith(".ts")).map((file) => join(folder, file));
  await Promise.all(
    sources.map(async (file) => {
      await writeFile(file, adaptBinding(await readFile(file, "utf8")));
    }),
  );
}

/**
 * Makes `.gen`, the provider's bindings, by `cdktf get`.
 *
 * @param source - names the schema: bindings made from another are stale
 * @param environment - variables for cdktf; `TF_REATTACH_PROVIDERS` makes it work offline
 * @throws CommandError with cdktf's last words
 */
export async function makeBindings(
  source: string,
  environment: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<void> {
  const result = await run(
    join(project, "node_modules", ".bin", "cdktf"),
    ["get", "--force", "--silent"],
    { folder: project, environment, limitMs: 180_000, ...(signal && { signal }) },
  );
  if (result.code !== 0) {
    const said = `${result.stdout}\n${result.stderr}`.split("\n").filter((line) => line.trim());
    throw new CommandError(
      `expected cdktf get to make .gen, got: ${said.at(-1) ?? "nothing"}; ` +
        "check that Terraform finds the Auth0 provider",
    );
  }
  await adaptBindings();
  await writeFile(stamp, await fingerprint(source));
}
