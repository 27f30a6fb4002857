import { UserError } from "../../config/user-error.ts";

/** What ends a simulation whose signal was aborted. */
export function stopped(): UserError {
  return new UserError("the simulation was stopped before its end");
}
