import type { Dependency, StoredAction } from "./action.ts";

export type BuildStatus = "pending" | "building" | "retrying" | "built" | "failed";

/**
 * Versions of npm packages that real tenants were seen to build. All others fail to build here:
 * the Actions runner has no packages, so a failed build says early what would fail later.
 */
const buildable: readonly string[] = ["auth0@2.41.0", "auth0@2.42.0", "moment@2.29.4"];

/**
 * Where a build stands. Like Auth0's, it never looks at the JavaScript: broken code is built, and
 * only a dependency that cannot be installed fails, after some more tries.
 *
 * @param buildDelay - milliseconds that a build takes
 * @param now - by `performance.now()`
 */
export function buildStatus(action: StoredAction, buildDelay: number, now: number): BuildStatus {
  const spent = now - action.buildStarted;
  const installs = action.dependencies.every((dependency) => isBuildable(dependency));
  if (spent >= buildDelay) return installs ? "built" : "failed";
  if (spent < buildDelay / 4) return "pending";
  return !installs && spent > buildDelay / 2 ? "retrying" : "building";
}

function isBuildable({ name, version }: Dependency): boolean {
  return buildable.includes(`${name}@${version}`);
}
