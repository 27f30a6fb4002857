import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { z } from "zod";

/** What a synthesised stack is told apart by. */
export interface StackFacts {
  /** `secrets_wo_version` by channel: what Terraform knows of the secrets. */
  readonly secrets: Readonly<Record<string, number>>;
  /** SHA-256 of all that is declared and of the Actions' code. */
  readonly digest: string;
}

const stackSchema = z.looseObject({
  "//": z.unknown().optional(),
  terraform: z.looseObject({ backend: z.record(z.string(), z.unknown()).optional() }),
  resource: z
    .looseObject({
      auth0_action: z
        .record(z.string(), z.looseObject({ secrets_wo_version: z.number().optional() }))
        .optional(),
    })
    .optional(),
});

async function assets(folder: string): Promise<string[]> {
  const root = join(folder, "assets");
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Reads what a synthesised stack is told apart by; where it lies makes no difference. */
export async function stackFacts(folder: string): Promise<StackFacts> {
  const stack = stackSchema.parse(JSON.parse(await readFile(join(folder, "cdk.tf.json"), "utf8")));
  const { "//": metadata, ...declared } = stack;
  // A local state's path is absolute, and says nothing of what is deployed.
  const { local, ...shared } = declared.terraform.backend ?? {};
  const hash = createHash("sha256").update(
    JSON.stringify({ ...declared, terraform: { ...declared.terraform, backend: shared } }),
  );
  for (const path of await assets(folder))
    hash.update(`\0${relative(folder, path)}\0`).update(await readFile(path));
  const actions = Object.entries(declared.resource?.auth0_action ?? {});
  return {
    secrets: Object.fromEntries(
      actions.flatMap(([channel, { secrets_wo_version: version }]) =>
        version === undefined ? [] : [[channel, version]],
      ),
    ),
    digest: hash.digest("hex"),
  };
}
