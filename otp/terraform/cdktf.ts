import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters as plain } from "node:util";
import { errorsIn } from "./diagnostics.ts";
import { CommandError, run } from "./run.ts";
import { project } from "./child-env.ts";
import { appError } from "./synthesis.ts";

export interface CdktfOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Where the synthesised stacks go; runs at the same time need folders of their own. */
  readonly output: string;
  /** Names or paths of the environments to synthesise. */
  readonly environments: readonly string[];
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
  /** Milliseconds; default 15 minutes. */
  readonly limitMs?: number;
}

/**
 * Runs one of cdktf's commands on this project.
 *
 * @returns what it printed, without colours
 * @throws CommandError with Terraform's own errors, or the app's message, a line each
 */
export async function cdktf(
  command: "synth" | "deploy" | "diff" | "destroy",
  args: readonly string[],
  options: CdktfOptions,
): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), "otp-cdktf-"));
  const report = join(scratch, "error.json");
  try {
    return await runCdktf(command, args, options, report);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function runCdktf(
  command: string,
  args: readonly string[],
  { environment, output, environments, signal, onLine, limitMs = 15 * 60_000 }: CdktfOptions,
  report: string,
): Promise<string> {
  const result = await run(
    join(project, "node_modules", ".bin", "cdktf"),
    [command, ...args, "--output", output],
    {
      folder: project,
      environment: {
        ...environment,
        OTP_ENVIRONMENTS: environments.join("\n"),
        OTP_ERROR_FILE: report,
      },
      limitMs,
      ...(signal && { signal }),
      ...(onLine && {
        onLine: (line: string) => {
          onLine(plain(line));
        },
      }),
    },
  );
  const said = plain(`${result.stdout}\n${result.stderr}`);
  if (result.code === 0) return said;
  signal?.throwIfAborted();
  if (result.timedOut)
    throw new CommandError(
      `expected cdktf ${command} to end within ${Math.round(limitMs / 1000)} s, got: no end; it was stopped`,
    );
  const errors = errorsIn(said);
  throw new CommandError(
    (await appError(report)) ??
      (errors.length > 0
        ? errors.map((error) => `cdktf ${command}: ${error}`).join("\n")
        : `expected cdktf ${command} to succeed, got exit code ${result.code}`),
  );
}
