/** What a user can put right; one line. */
export class RehearsalError extends Error {
  override readonly name = "RehearsalError";
}

/** What ends a rehearsal whose signal was aborted. */
export function stopped(): RehearsalError {
  return new RehearsalError("stopped before the end");
}
