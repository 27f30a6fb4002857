import { rm, writeFile } from "node:fs/promises";
import type { Environment } from "../../config/environment.ts";
import { importsFile } from "../../stacks/imports.ts";
import type { Import } from "../../stacks/imports.ts";
import { importsFor } from "./adopt-imports.ts";
import { termsOf } from "./adopt-terms.ts";
import type { Terms, UnmanagedSecrets } from "./adopt-terms.ts";
import { backUp } from "./backup.ts";
import type { Inventory } from "./inventory.ts";
import type { TenantAccess } from "./tenant.ts";

/** What an adoption has prepared; the tenant is as it was. */
export interface Adoption {
  /** The folder with everything that was there. */
  readonly backup: string;
  /** The file with the import blocks; left out where nothing is to be taken over. */
  readonly file?: string;
  readonly imports: readonly Import[];
  readonly terms: Terms;
}

/**
 * Prepares the adoption of what a tenant has: a backup, then the import blocks, which replace those
 * of an earlier run.
 *
 * @param managed - ids by address that the state has already
 * @param folder - where backups lie; default `adopted`
 */
export async function adopt(
  environment: Environment,
  inventory: Inventory,
  managed: ReadonlyMap<string, string>,
  folder?: string,
): Promise<Adoption> {
  const terms = termsOf(environment, inventory);
  const backup = await backUp(environment.name, inventory, folder);
  const imports = importsFor(environment, inventory, managed);
  const file = importsFile(environment);
  if (imports.length === 0) {
    // Those of an earlier run are in the state by now, or gone from the tenant.
    await rm(file, { force: true });
    return { backup, imports, terms };
  }
  await writeFile(file, `${JSON.stringify({ imports }, undefined, 2)}\n`);
  return { backup, file, imports, terms };
}

/**
 * Takes secrets out of Actions' drafts, which the provider refuses to do by itself. What runs is the
 * deployed version: it has them until the next deploy.
 */
export async function removeSecrets(
  tenant: TenantAccess,
  unmanaged: readonly UnmanagedSecrets[],
): Promise<void> {
  for (const { action, keep } of unmanaged)
    // A secret that comes without a value keeps the one that it has.
    await tenant.ask(
      tenant.api.actions.update(action, { secrets: keep.map((name) => ({ name })) }),
    );
}
