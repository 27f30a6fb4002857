import { join } from "node:path";
import { run } from "../../otp/terraform/run.ts";
import { project } from "../../otp/terraform/child-env.ts";

/** How a call of `otp` ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
}

/** Far over what any command takes; a job's own limit is no end that gives a lock back. */
const limitMs = 40 * 60_000;

/** GitHub sets variables and secrets that do not exist to empty texts; programs take those for values. */
const withValue = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));

/**
 * Runs `otp`. What it prints is shown line by line, behind a bar: GitHub takes lines that begin
 * with two colons for commands, and a plan holds texts of others.
 */
export async function otp(args: readonly string[]): Promise<Ended> {
  const interrupt = new AbortController();
  const abort = () => {
    interrupt.abort();
  };
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, abort);
  process.stdout.write(`otp ${args.join(" ")}\n`);
  const { code, stdout, timedOut } = await run(
    process.execPath,
    [join(project, "otp", "bin.js"), ...args],
    {
      environment: withValue(process.env),
      limitMs,
      signal: interrupt.signal,
      onLine: (line) => {
        process.stdout.write(`│ ${line}\n`);
      },
    },
  );
  for (const name of ["SIGINT", "SIGTERM"] as const) process.off(name, abort);
  if (timedOut) process.stdout.write(`│ stopped after ${limitMs / 60_000} minutes\n`);
  return { code, stdout };
}
