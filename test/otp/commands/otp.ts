import { join } from "node:path";
import type { RunOptions, RunResult } from "../../../otp/terraform/run.ts";
import { run } from "../../../otp/terraform/run.ts";
import { project } from "../../../otp/terraform/child-env.ts";

/** Runs `otp` as a user does, bounded; by default in the project's folder. */
export function otp(
  args: readonly string[],
  { environment = process.env, limitMs = 90_000, ...options }: Partial<RunOptions> = {},
): Promise<RunResult> {
  return run(process.execPath, [join(project, "otp", "bin.js"), ...args], {
    folder: project,
    environment,
    limitMs,
    ...options,
  });
}
