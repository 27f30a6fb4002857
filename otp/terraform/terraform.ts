import { stripVTControlCharacters as plain } from "node:util";
import { errorsIn } from "./diagnostics.ts";
import type { RunResult } from "./run.ts";
import { CommandError, run } from "./run.ts";
import { program } from "./version.ts";

/** What an environment's Terraform runs in. */
export interface TerraformOptions {
  /** The whole environment of the child. */
  readonly environment: NodeJS.ProcessEnv;
  /** Values that must not stand in an error, should Terraform print one. */
  readonly confidential?: readonly string[];
  readonly signal?: AbortSignal;
  /** Milliseconds; default 15 minutes. */
  readonly limitMs?: number;
}

/**
 * Runs Terraform in a folder.
 *
 * @param accepted - exit codes that are no failure. Default: 0
 * @throws CommandError with Terraform's own errors, a line each
 */
export async function terraform(
  folder: string,
  [command = "", ...args]: readonly string[],
  { environment, confidential = [], signal, limitMs = 15 * 60_000 }: TerraformOptions,
  accepted: readonly number[] = [0],
): Promise<RunResult> {
  const result = await run(program(environment), [command, ...args], {
    folder,
    environment,
    limitMs,
    ...(signal && { signal }),
  });
  signal?.throwIfAborted();
  if (accepted.includes(result.code)) return result;
  if (result.timedOut)
    throw new CommandError(
      `expected terraform ${command} to end within ${Math.round(limitMs / 1000)} s, got: no end; it was stopped`,
    );
  const errors = errorsIn(plain(`${result.stdout}\n${result.stderr}`));
  const lines = errors.length > 0 ? errors : [`it ended with code ${result.code}`];
  throw new CommandError(
    confidential
      .filter((value) => value !== "")
      .reduce(
        (text, value) => text.replaceAll(value, "(not shown)"),
        lines.map((line) => `terraform ${command}: ${line}`).join("\n"),
      ),
  );
}

/**
 * Prepares a synthesised stack: its backend and its provider.
 *
 * @throws CommandError
 */
export async function initialise(folder: string, options: TerraformOptions): Promise<void> {
  await terraform(folder, ["init", "-input=false", "-no-color"], options);
}
