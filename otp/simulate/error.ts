/** What a user can put right; one line. */
export class SimulationError extends Error {
  override readonly name = "SimulationError";
}

/** What ends a simulation whose signal was aborted. */
export function stopped(): SimulationError {
  return new SimulationError("stopped before the end");
}
