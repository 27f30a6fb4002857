/** What a user can put right, in one line: what was expected, what was got, what to do. */
export class ReviewError extends Error {
  override readonly name = "ReviewError";
}
