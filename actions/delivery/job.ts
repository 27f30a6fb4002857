import type { Verdict } from "../vendors/vendor.ts";
import type { DeliveryConfig, Secrets, Step } from "./config.ts";
import type { Answer } from "./http.ts";

/** A message, made for the step that sends it. */
export interface Delivery<M> {
  readonly steps: readonly Step<M>[];
  /** Whether it holds a code that dies. */
  readonly expires: boolean;
  /** @param lifetimeS - seconds for which the code still works */
  readonly message: (step: Step<M>, lifetimeS: number) => M;
  /** Recipient and code, which a vendor's answer may quote. */
  readonly hidden: readonly string[];
}

/** What one execution has to do, and with what. */
export interface Job<M> extends Delivery<M> {
  readonly config: DeliveryConfig<M>;
  /** Idempotency key. */
  readonly key: string;
  readonly secrets: Secrets;
  /** When the execution began, in milliseconds since 1970. */
  readonly began: number;
}

/** How a call to a vendor went. */
export interface CallResult {
  readonly answer: Answer;
  readonly verdict: Verdict;
}
