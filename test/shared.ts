import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The absolute path of something in the team's shared folder, which lies beside the checkout.
 * Reference material that may not be copied into this repository (recordings of the Management
 * API, the OpenAPI documents, the provider's schema) is read from there.
 *
 * @param name - a path inside the shared folder, e.g. `recordings/TestAccEmail.json`
 * @returns the path, or `undefined` where the folder is missing; tests then pass over with the
 * line that {@link withoutShared} gives
 * @throws Error in the team's CI, where the folder is always there and nothing may be passed over
 */
export function shared(name: string): string | undefined {
  const path = fileURLToPath(new URL(`../../shared/${name}`, import.meta.url));
  if (existsSync(path)) return path;
  // GitHub's runners check out this repository alone; the team's own CI has the folder beside it.
  if (process.env["CI"] && !process.env["GITHUB_ACTIONS"])
    throw new Error(`expected ../shared/${name} to exist in CI`);
  return undefined;
}

/** The name of the test that stands in for those that the missing folder would have fed. */
export function withoutShared(name: string): string {
  return `passes over ../shared/${name}, which is not on this machine`;
}
