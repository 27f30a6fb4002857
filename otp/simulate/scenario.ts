import type { Channel } from "../../config/environment.ts";

/** What is wrong with a vendor. */
export type FaultKind =
  /** Answers 500, or what the vendor says instead. */
  | "down"
  /** Its name is not found. */
  | "unresolved"
  /** Refuses the credentials. */
  | "revoked"
  | "limited"
  /** Never answers and sends nothing. */
  | "hangs"
  /** Never answers, and sends the message later after all. */
  | "hangs, accepts"
  | "slow"
  /** Answers 200 with HTML and sends nothing. */
  | "garbage"
  /** A gateway gives up waiting, before the vendor has taken the message. */
  | "gateway"
  /** A gateway gives up waiting, after the vendor has taken the message. */
  | "gateway, accepts"
  /** Cuts the connection before it has taken the message. */
  | "reset"
  /** Cuts the connection after it has taken the message. */
  | "reset, accepts"
  /** Accepts and delivers nothing. It strikes recipients, not calls: theirs is a bad carrier. */
  | "swallows";

/** One fault of a scenario. */
export interface Fault {
  readonly kind: FaultKind;
  readonly vendors: "first" | "every";
  /**
   * Share of calls that it strikes.
   *
   * @default 1
   */
  readonly share?: number;
  /**
   * When it begins, as a share of the time in which messages come.
   *
   * @default 0
   */
  readonly begins?: number;
  /**
   * For how long: seconds, or a share of the time in which messages come.
   *
   * @default to the end and beyond
   */
  readonly lasts?: { readonly seconds: number } | { readonly share: number };
  /** Comes and goes: seconds on, seconds off. */
  readonly turns?: { readonly onS: number; readonly offS: number };
  /** The vendor says in `Retry-After` when the turn is over. */
  readonly retryAfter?: true;
}

/**
 * What is wrong with `api.cache`.
 * - `off`: nothing is ever found, writes are refused.
 * - `loses-half`: half of all reads find nothing, and the entry is gone.
 * - `hangs`: no read and no write ever settles.
 * - `slow`: each operation takes 300 ms.
 */
export type CacheFault = "off" | "loses-half" | "hangs" | "slow";

/** One simulated situation; plain data, since a worker thread may get it. */
export interface Scenario {
  /** As `--scenario` names it. */
  readonly name: string;
  /** What happens, in words. */
  readonly title: string;
  readonly faults: readonly Fault[];
  /** How many messages are enough to judge it. */
  readonly enough: number;
  /**
   * Messages as a multiple of the number that is asked for, if faults last long.
   *
   * @default 1
   */
  readonly times?: number;
  /**
   * Messages an hour.
   *
   * @default 72,000: 20 a second
   */
  readonly perHour?: number;
  readonly cache?: CacheFault;
  /**
   * Executions that the tenant may have in flight; Auth0 refuses what is beyond.
   *
   * @default no limit, so that all executions in flight are counted
   */
  readonly executionLimit?: number;
  /**
   * Share of recipients that every vendor refuses for good.
   *
   * @default 0
   */
  readonly badRecipients?: number;
  /**
   * Messages a minute to a destination that the first vendor's account is not enabled for.
   *
   * @default 0
   */
  readonly refusedPerMinute?: number;
  /** Users without a working code ask again after this many seconds, up to three times. */
  readonly askAgainS?: number;
  /**
   * Which messages are measured: all, those that come during a fault, or those that come after the
   * first minute.
   *
   * @default "all"
   */
  readonly measured?: "all" | "during-fault" | "after-first-minute";
  /**
   * How many vendors it takes to make sense.
   *
   * @default any number
   */
  readonly vendors?: "one" | "several";
  /** @default both */
  readonly channel?: Channel;
}

/** Messages an hour, unless a scenario says otherwise. */
export const usualPerHour = 72_000;
