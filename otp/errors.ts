import { UserError } from "../config/user-error.ts";
import { exitCodes } from "./exit-codes.ts";

/** Ends the command with a code of its own; what had to be said has been said. */
export class Exit extends Error {
  override readonly name = "Exit";
  constructor(readonly code: number) {
    super("");
  }
}

/** A command line that citty cannot read. */
const isUsage = (error: Error) => error.name === "CLIError";
const isAbort = (error: unknown) => error instanceof Error && error.name === "AbortError";

/** What is printed of an error: the message, and for a fault of ours how to see more. */
export function lineOf(error: unknown): string {
  if (error instanceof Exit) return "";
  if (isAbort(error)) return "interrupted; everything that was started has been stopped";
  if (!(error instanceof Error)) return String(error);
  if (process.env["OTP_DEBUG"]) return error.stack ?? error.message;
  if (error instanceof UserError || isUsage(error)) return error.message;
  return `${error.message.split("\n")[0] ?? ""} (OTP_DEBUG=1 shows where)`;
}

/** The code that the process ends with; see exit-codes.ts. */
export function exitCodeOf(error: unknown): number {
  if (isAbort(error)) return exitCodes.interrupted;
  return error instanceof Exit ? error.code : exitCodes.failure;
}
