import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { project } from "./child-env.ts";
import type { PlanSources } from "./plan-digest.ts";

type Json = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};

async function assets(folder: string): Promise<string[]> {
  const root = join(folder, "assets");
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The stack with the path of a local state relative to this project: checkouts lie anywhere. */
function movable(stack: unknown): unknown {
  const { terraform, ...rest } = objectOf(stack);
  const { backend, ...settings } = objectOf(terraform);
  const { local, ...others } = objectOf(backend);
  if (local === undefined) return stack;
  const { path } = objectOf(local);
  const moved = { ...objectOf(local), path: relative(project, String(path)) };
  return { ...rest, terraform: { ...settings, backend: { ...others, local: moved } } };
}

/**
 * Reads a synthesised stack and the files that it needs; where it lies makes no difference.
 *
 * @throws SyntaxError for a stack that is no JSON
 */
export async function readStack(folder: string): Promise<Pick<PlanSources, "stack" | "assets">> {
  const stack: unknown = JSON.parse(await readFile(join(folder, "cdk.tf.json"), "utf8"));
  const hashed = await Promise.all(
    (await assets(folder)).map(async (path) => {
      const hash = createHash("sha256").update(await readFile(path));
      return [relative(folder, path).replaceAll("\\", "/"), hash.digest("hex")] as const;
    }),
  );
  return { stack: movable(stack), assets: Object.fromEntries(hashed) };
}
