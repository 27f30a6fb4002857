import type { SendTelemetry } from "./telemetry.ts";
import type { SettingsSpec } from "../vendors/settings.ts";
import type { Vendor } from "../vendors/vendor.ts";
import type { Alternatives } from "./alternatives.ts";
import type { Weigh } from "./route.ts";
import type { FetchToken } from "./token.ts";

/** Values of secrets by name. */
export type Secrets = Readonly<Record<string, string>>;

/** One vendor on one channel, as an environment lists it. */
export interface Step<M> {
  /** Name in logs and routes: the vendor's, unless the environment gives another. */
  readonly id: string;
  /** `email`, or the medium of a phone message. */
  readonly medium: string;
  readonly vendor: Vendor<M, SettingsSpec>;
  /** How long it may be silent, in milliseconds, before the next vendor is asked as well. */
  readonly timeoutMs: number;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Picks the vendor's secrets out of `event.secrets`. */
  readonly secrets: (all: Secrets) => Secrets;
}

/**
 * How an environment delivers on a channel. Parts that it has no use for are left out, and its
 * bundle does not carry them.
 */
export interface DeliveryConfig<M> {
  /** Milliseconds for all of one execution; Auth0 ends it at 20,000. */
  readonly deadlineMs: number;
  /** Milliseconds for which a one-time passcode works. */
  readonly lifetimeMs: number;
  readonly steps: readonly Step<M>[];
  /** If there are several steps. */
  readonly alternatives?: Alternatives;
  /** If vendors have weights. */
  readonly weigh?: Weigh;
  /** For vendors with a bearer token. */
  readonly fetchToken?: FetchToken;
  /** For environments that declare telemetry. */
  readonly telemetry?: SendTelemetry;
  /**
   * What matters more when a vendor does not answer: that nobody gets a message twice (`avoid`), or
   * that everybody gets it soon (`tolerate`).
   *
   * @default "avoid"
   */
  readonly duplicates?: "avoid" | "tolerate";
  /**
   * Which vendor is asked first when the same recipient asks again while the last code could still
   * arrive: the one after the vendor that accepted last, or the same.
   *
   * @default "next-vendor"
   */
  readonly resend?: "next-vendor" | "same";
}
