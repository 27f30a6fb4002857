import type { EmailMessage, Medium, PhoneMessage } from "../delivery/message.ts";
import type { SecretsOf, SettingsOf, SettingsSpec } from "./settings.ts";

/** One HTTP request to a vendor, complete: the engine adds nothing to it but the deadline. */
export interface HttpRequest {
  readonly method: "POST" | "GET" | "PUT";
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a vendor answered; the body is read up to 64 kB. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The parsed body; `undefined` where it is not JSON. */
  readonly json: unknown;
}

/**
 * What a call came to.
 * - `accepted`: the vendor has taken the message.
 * - `recipient_refused`: this recipient or this content is refused for good. No other vendor is
 *   asked, since that would bypass a fraud guard or an opt-out. With `otherMedium`, only this medium
 *   is closed to the recipient ("not on WhatsApp"), and the next medium is tried.
 * - `destination_refused`: the account may not send to this country or carrier, or not with this
 *   sender. The next vendor is asked and operators are told; it says nothing about other recipients.
 * - `account_fault`: credentials, credit, sender identity, configuration or trial limits. The next
 *   vendor is asked and operators are told.
 * - `not_sent`: certainly not taken, for a reason that passes (429, most 5xx).
 * - `unknown`: the vendor may have taken the message (a 504, a 2xx that cannot be read).
 */
export type VerdictKind =
  | "accepted"
  | "recipient_refused"
  | "destination_refused"
  | "account_fault"
  | "not_sent"
  | "unknown";

export interface Verdict {
  readonly kind: VerdictKind;
  /** The vendor's own code for it, e.g. `21211`; reported, so never anything that echoes input. */
  readonly code?: string | undefined;
  readonly otherMedium?: true;
}

/** Everything a vendor's request is made of: nothing else may flow in, so that it stays pure. */
export interface RequestInput<M, S extends SettingsSpec> {
  readonly message: M;
  readonly settings: SettingsOf<S>;
  readonly secrets: SecretsOf<S>;
  /** Idempotency key: 32 lower-case hexadecimal digits, the same for every attempt. */
  readonly key: string;
  /** Milliseconds since 1970: for signatures and expiry times. */
  readonly now: number;
  /**
   * Milliseconds since 1970 at which the message was first seen, the same in every attempt, for
   * vendors that want to know when a repeated request was first sent; `now` where it is left out.
   */
  readonly firstSeen?: number;
  /** What {@link TokenSource} gave; empty for vendors without one. */
  readonly token: string;
}

/** For vendors whose bearer token is fetched first (OAuth client credentials). */
export interface TokenSource<S extends SettingsSpec> {
  request(input: {
    readonly settings: SettingsOf<S>;
    readonly secrets: SecretsOf<S>;
    readonly now: number;
  }): HttpRequest | Promise<HttpRequest>;
  /** The token and the seconds it lives, or what the refusal means. */
  read(response: HttpResponse): { readonly token: string; readonly lifetimeS: number } | Verdict;
}

/** A delivery vendor: pure functions; all I/O, time and state live in `delivery/`. */
export interface Vendor<M, S extends SettingsSpec> {
  /** Name in environments, logs and documentation, e.g. `aws-end-user-messaging`. */
  readonly name: string;
  /** Whether the vendor refuses a second message with the same key. */
  readonly idempotent: boolean;
  /** Sends a code in a template of its own, so that messages without one go to other vendors. */
  readonly needsCode?: boolean;
  /**
   * Whether these settings name a template that may show nothing but the code: a message whose code
   * is not known for sure goes to other vendors. Messages of types without a code are sent.
   */
  readonly sendsCodeAlone?: (settings: Readonly<Record<string, unknown>>) => boolean;
  readonly token?: TokenSource<S>;
  request(input: RequestInput<M, S>): HttpRequest | Promise<HttpRequest>;
  verdict(response: HttpResponse): Verdict;
}

export type EmailVendor<S extends SettingsSpec> = Vendor<EmailMessage, S>;
export type PhoneVendor<S extends SettingsSpec> = Vendor<PhoneMessage, S>;

/**
 * What the documentation says of a vendor. It is exported next to the vendor, not as part of it, so
 * that bundles do not carry it.
 */
export interface About {
  /** The vendor's own spelling, e.g. `Amazon SES`. */
  readonly title: string;
  /** How the vendor refuses a second message with the same key, in words; `none` if it does not. */
  readonly idempotency: string;
  /** Media of a phone vendor; absent for e-mail. */
  readonly media?: readonly Medium[];
  /**
   * What a medium cannot do without: `from` is the environment's sender, others are settings; `a or
   * b` means one of them.
   */
  readonly needs?: Partial<Readonly<Record<Medium, readonly string[]>>>;
  /** Per verdict, the statuses and codes that lead to it, in words for a table cell. */
  readonly accepted: string;
  readonly recipientRefused: string;
  /** Default: the vendor has no answer that says so. */
  readonly destinationRefused?: string;
  readonly accountFault: string;
  readonly notSent: string;
  /** What a user should know that the tables do not say. */
  readonly notes?: readonly string[];
}
