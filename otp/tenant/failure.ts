/** Something between this machine and a tenant that a person can put right, in one line. */
export class OperationError extends Error {
  override readonly name = "OperationError";
}
