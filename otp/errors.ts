/** A call that cannot be carried out as it was written. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Ends the command with a code of its own; what had to be said has been said. */
export class Exit extends Error {
  override readonly name = "Exit";
  constructor(readonly code: number) {
    super("");
  }
}

/** Errors whose message is meant for the user, by name: they come from every part of the project. */
const readable = new Set([
  "UsageError",
  "CLIError",
  "EnvironmentError",
  "BundleError",
  "CommandError",
  "ReviewError",
  "OperationError",
  "TenantError",
  "SimulationError",
  "PlanError",
  "PortTakenError",
]);

const isAbort = (error: unknown) => error instanceof Error && error.name === "AbortError";

/** What is printed of an error: the message, and for a fault of ours how to see more. */
export function lineOf(error: unknown): string {
  if (error instanceof Exit) return "";
  if (isAbort(error)) return "interrupted; everything that was started has been stopped";
  if (!(error instanceof Error)) return String(error);
  if (process.env["OTP_DEBUG"]) return error.stack ?? error.message;
  if (readable.has(error.name)) return error.message;
  return `${error.message.split("\n")[0] ?? ""} (OTP_DEBUG=1 shows where)`;
}

/** 0 for success, 1 for failure, 2 for a finding that the user asked for, 130 for an interruption. */
export function exitCodeOf(error: unknown): number {
  if (isAbort(error)) return 130;
  return error instanceof Exit ? error.code : 1;
}
