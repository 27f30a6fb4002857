/** What was wrong with a value, what was there instead, and what to do about it. */
export interface Expectation {
  /** What it is about, e.g. the name of an environment; comes first, with a colon. */
  readonly subject?: string;
  /** What was expected, e.g. `a number from 1 to 9`; completes "expected …". */
  readonly expected: string;
  /** What was there; completes "got: …". Never a secret. */
  readonly got: string;
  /** What to do, as a sentence without its full stop. */
  readonly todo?: string;
}

/**
 * An error that a user can put right: its message is printed as it is, without a stack. Everything
 * else that is thrown is a fault of this project.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";

  /** The parts of the message, if it was made of any. */
  readonly expectation: Expectation | undefined;

  /** @param problem - a plain sentence, or what was expected, what was there and what to do */
  constructor(problem: string | Expectation, options?: ErrorOptions) {
    super(
      typeof problem === "string"
        ? problem
        : `${problem.subject === undefined ? "" : `${problem.subject}: `}expected ${problem.expected}, ` +
            `got: ${problem.got}${problem.todo === undefined ? "" : `; ${problem.todo}`}`,
      options,
    );
    this.expectation = typeof problem === "string" ? undefined : problem;
  }
}
