import type { Verdict } from "../vendors/vendor.ts";
import type { DeliveryConfig, Secrets, Step } from "./config.ts";
import type { Answer } from "./http.ts";
import type { Tokens } from "./token.ts";

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
  /** Digests of message and recipient, by which they are remembered. */
  readonly id: string;
  readonly recipient: string;
  /** Digest of Auth0's transaction, or empty. */
  readonly transaction: string;
  /** When the message was seen first, in milliseconds since 1970. */
  readonly firstSeen: number;
  readonly secrets: Secrets;
  readonly tokens: Tokens;
  /** When the execution began, in milliseconds since 1970. */
  readonly began: number;
}

/** How a call to a vendor went. */
export interface CallResult {
  readonly answer: Answer;
  readonly verdict: Verdict;
  /** The vendor's own code threw. */
  readonly adapterError?: true;
}
