import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../config/user-error.ts";
import { project } from "./child-env.ts";
import { lockFileName, lockIn, lockedVersions, projectLock } from "./provider-lock.ts";
import { terraform } from "./terraform.ts";
import type { TerraformOptions } from "./terraform.ts";

/** What teams and their CI run on. */
export const lockedPlatforms = [
  "linux_amd64",
  "linux_arm64",
  "darwin_amd64",
  "darwin_arm64",
  "windows_amd64",
] as const;

const cdktfSchema = z.object({ terraformProviders: z.array(z.string()) });

/** The providers that stacks use, as `cdktf.json` names them: `auth0/auth0@~> 1.54`. */
async function requiredProviders(): Promise<Record<string, object>> {
  const { terraformProviders: named } = cdktfSchema.parse(
    JSON.parse(await readFile(join(project, "cdktf.json"), "utf8")),
  );
  return Object.fromEntries(
    named.map((one) => {
      const [source = "", version = ""] = one.split("@");
      return [source.split("/").at(-1) ?? source, { source, version }];
    }),
  );
}

/**
 * Writes the lock file of the current folder: the version of each provider and what its packages
 * hash to on every platform.
 *
 * @param mirror - a folder with packages, instead of the registry
 * @returns versions by the provider's address
 * @throws TerraformError if a package cannot be found
 */
export async function makeLock(
  options: TerraformOptions,
  mirror?: string,
): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), "otp-lock-"));
  try {
    const terraformBlock = { required_providers: await requiredProviders() };
    await writeFile(join(folder, "main.tf.json"), JSON.stringify({ terraform: terraformBlock }));
    // What is locked already stays, until somebody removes the file.
    await copyFile(projectLock(), join(folder, lockFileName)).catch(() => undefined);
    await terraform(
      folder,
      [
        "providers",
        "lock",
        ...lockedPlatforms.map((platform) => `-platform=${platform}`),
        ...(mirror === undefined ? [] : [`-fs-mirror=${mirror}`]),
      ],
      options,
    );
    const versions = lockedVersions(await lockIn(folder));
    if (Object.keys(versions).length === 0)
      throw new UserError("Terraform wrote no lock file, though it reported no error");
    await copyFile(join(folder, lockFileName), projectLock());
    return versions;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
