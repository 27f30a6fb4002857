import { join } from "node:path";

/** Where jobs leave and find what they hand to one another, below the checkout. */
export const folders = {
  /** `otp plan` makes a folder of the environment's name in it. */
  plans: join("dist", "plans"),
  /** A plan that was reviewed in a pull request, downloaded. */
  reviewed: join("dist", "reviewed"),
  /** The documents on a plan. */
  review: join("dist", "review"),
  /** The document on drift. */
  drift: join("dist", "drift"),
} as const;

/** Documents in `review`; an empty one means that there is nothing to say. */
export const documents = {
  /** Within what GitHub takes for a comment. */
  short: join(folders.review, "review.md"),
  full: join(folders.review, "full.md"),
  drift: join(folders.drift, "drift.md"),
} as const;
