import { copyFile, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UserError } from "../../config/user-error.ts";

/** Terraform's own name for the file that says which provider is installed, and what it hashes to. */
export const lockFileName = ".terraform.lock.hcl";

/** The address under which stacks name Auth0's provider. */
export const providerAddress = "registry.terraform.io/auth0/auth0";

/** The project's lock file, which `otp lock` writes and which is committed. */
export const projectLock = (): string => resolve(lockFileName);

/** Whether Terraform is handed a provider that runs already, such as the stand-in; it has no lock. */
export function isReattached(environment: NodeJS.ProcessEnv): boolean {
  return (environment["TF_REATTACH_PROVIDERS"] ?? "").includes(providerAddress);
}

/** The versions in a lock file by the provider's address. */
export function lockedVersions(text: string): Record<string, string> {
  const blocks = text.matchAll(/provider "([^"]+)" \{[^}]*?\bversion\s*=\s*"([^"]+)"/g);
  return Object.fromEntries(
    [...blocks].map(([, address = "", version = ""]) => [address, version] as const),
  );
}

/**
 * Puts the project's lock file into a folder for Terraform.
 *
 * @param needed - whether a missing one is an error, as in CI
 * @returns whether there is one, so that `init` must not change it
 * @throws UserError if it is missing and needed
 */
export async function takeLock(
  folder: string,
  environment: NodeJS.ProcessEnv,
  needed: boolean,
): Promise<boolean> {
  if (isReattached(environment)) return false;
  const found = await copyFile(projectLock(), join(folder, lockFileName)).then(
    () => true,
    () => false,
  );
  if (!found && needed)
    throw new UserError(
      `expected ${lockFileName}, which says which provider gets the tenant's credentials, got: no such file; ` +
        "run `npx otp lock` and commit it",
    );
  return found;
}

/** The text of the lock file in a folder; empty without one. */
export const lockIn = (folder: string): Promise<string> =>
  readFile(join(folder, lockFileName), "utf8").catch(() => "");
