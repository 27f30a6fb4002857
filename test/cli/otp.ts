import { join } from "node:path";
import { run } from "../../terraform/run.ts";
import type { RunResult } from "../../terraform/run.ts";
import { project } from "../../terraform/surroundings.ts";

/**
 * Runs the real command line in a process of its own, for 120 s at most.
 *
 * @param variables - added to this process's own; `undefined` takes one away
 */
export function otp(
  args: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): Promise<RunResult> {
  return run(process.execPath, [join(project, "cli", "otp.js"), ...args], {
    folder: project,
    environment: { ...process.env, NO_COLOR: "1", ...variables },
    limitMs: 120_000,
  });
}
