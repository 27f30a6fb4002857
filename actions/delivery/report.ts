/**
 * How an execution ended.
 * - `accepted`: a vendor has the message.
 * - `repeated`: an earlier execution had it accepted; nothing was sent again.
 * - `rejected`: refused for good, by a vendor, by the environment's rules, or since nothing can be
 *   sent.
 * - `expired`: its code no longer works; nothing was sent.
 * - `failed`: no vendor could take it in time; Auth0 runs the Action again.
 */
export type Outcome = "accepted" | "repeated" | "rejected" | "expired" | "failed";

/** What a log may say of a message. */
export interface LogContext {
  /** Auth0's message type, `unknown` where it is no plain name. */
  readonly type: string;
  /** `email`, `text`, `voice` or `whatsapp`. */
  readonly medium: string;
  /** ISO 3166 code, for countries that the environment names. */
  readonly country?: string | undefined;
  /** The last two digits of a number. */
  readonly last2?: string | undefined;
}

/**
 * What an execution says of itself. The names are an interface: alerts are built on them. Nothing
 * here may hold a recipient, a code, a secret or a text.
 */
export interface Report extends LogContext {
  otp: Outcome;
  /** Why, where no vendor decided. */
  why?: string;
  /** The vendor that decided, or was asked last. */
  vendor?: string;
  /** Its HTTP status, or the network's error. */
  status?: number | string;
  /** Its own code. */
  code?: string | undefined;
  attempts: number;
  ms: number;
  /** Vendors that refuse our credentials, credit or quota. */
  config?: string[];
}

/**
 * A vendor's code, where it plainly is one: what a vendor answers may echo anything.
 *
 * @param hidden - recipient, passcode and secrets, of which a code may hold no four characters
 */
export function plainCode(code = "", hidden: string): string | undefined {
  const parts = [code, ...code.split(/(\d+)/)].filter(({ length }) => length > 3);
  const plain = /^(?!.*\d{8})\w[\w.:-]{0,39}$/.test(code);
  return plain && !parts.some((part) => hidden.includes(part)) ? code.slice(0, 24) : undefined;
}

/** The one line that an execution logs: at most 255 characters, since Auth0 keeps 256. */
export function logLine(report: Report): string {
  const { config } = report;
  const line = JSON.stringify({ ...report, config: config?.join() });
  return line.length < 256 ? line : JSON.stringify({ ...report, config: config?.length });
}

/** Why a message is given up or tried again, in at most 199 characters, for Auth0's log. */
export function reason({ otp, why, vendor, status, code, attempts, ms, config }: Report): string {
  const cause = why ?? [vendor, status, code].filter(Boolean).join(" ");
  const told = config ? `; check the configuration of ${config.join(", ")}` : "";
  return `${otp}: ${cause}; ${attempts} attempts in ${ms} ms${told}`.slice(0, 199);
}
