import { stripVTControlCharacters as plain } from "node:util";
import { diagnosticsIn, errorsIn, lineOfDiagnostic } from "./diagnostics.ts";
import type { TerraformDiagnostic } from "./diagnostics.ts";
import type { RunResult } from "./run.ts";
import { CommandError, run } from "./run.ts";
import { program, terraformVersion } from "./version.ts";

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

/** A command of Terraform that failed, with its errors as data. */
export class TerraformError extends CommandError {
  constructor(
    message: string,
    /** `apply`, `plan`, `init`, … */
    readonly command: string,
    /** Empty if Terraform printed none that can be read. */
    readonly diagnostics: readonly TerraformDiagnostic[],
  ) {
    super(message);
  }
}

/** Commands that say what happens as JSON, a line each, so that no text has to be read. */
const speaksJson = new Set(["init", "plan", "apply", "destroy"]);

/**
 * Runs Terraform in a folder.
 *
 * @param accepted - exit codes that are no failure. Default: 0
 * @throws TerraformError with Terraform's own errors, a line each
 */
export async function terraform(
  folder: string,
  [command = "", ...args]: readonly string[],
  { environment, confidential = [], signal, limitMs = 15 * 60_000 }: TerraformOptions,
  accepted: readonly number[] = [0],
): Promise<RunResult> {
  const json = speaksJson.has(command) ? ["-json"] : [];
  const result = await run(program(environment), [command, ...json, ...args], {
    folder,
    environment,
    limitMs,
    ...(signal && { signal }),
  });
  signal?.throwIfAborted();
  if (accepted.includes(result.code)) return result;
  if (result.timedOut)
    throw new CommandError(
      `expected terraform ${command} to end within ${String(Math.round(limitMs / 1000))} s, got: no end; it was stopped`,
    );
  const hide = (text: string) =>
    confidential
      .filter((value) => value !== "")
      .reduce((hidden, value) => hidden.replaceAll(value, "(not shown)"), text);
  const said = plain(`${result.stdout}\n${result.stderr}`);
  const diagnostics = diagnosticsIn(said).map(({ summary, detail, address }) => ({
    summary: hide(summary),
    detail: hide(detail),
    address,
  }));
  const errors =
    diagnostics.length > 0 ? diagnostics.map(lineOfDiagnostic) : errorsIn(said).map(hide);
  const lines = errors.length > 0 ? errors : [`it ended with code ${String(result.code)}`];
  throw new TerraformError(
    lines.map((line) => `terraform ${command}: ${line}`).join("\n"),
    command,
    diagnostics,
  );
}

/**
 * Prepares a synthesised stack: its backend and its provider.
 *
 * @param isLocked - whether the folder holds a lock file that must not change
 * @throws TerraformError
 */
export async function initialise(
  folder: string,
  options: TerraformOptions,
  isLocked = false,
): Promise<void> {
  const lock = isLocked ? ["-lockfile=readonly"] : [];
  try {
    await terraform(folder, ["init", "-input=false", "-no-color", ...lock], options);
  } catch (error) {
    options.signal?.throwIfAborted();
    // A Terraform that is missing or too old knows none of the options above.
    await terraformVersion(options.environment);
    throw error;
  }
}
