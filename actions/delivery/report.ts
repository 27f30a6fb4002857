/**
 * How an execution ended.
 * - `accepted`: a vendor has the message.
 * - `repeated`: an earlier execution had it accepted; nothing was sent again.
 * - `rejected`: refused for good, by a vendor, by the environment's rules, or since nothing can be
 *   sent.
 * - `superseded`: the recipient was sent a newer code meanwhile; nothing was sent.
 * - `expired`: its code no longer works; nothing was sent.
 * - `failed`: no vendor could take it in time; Auth0 runs the Action again.
 */
export type DeliveryOutcome =
  "accepted" | "repeated" | "rejected" | "superseded" | "expired" | "failed";

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
  otp: DeliveryOutcome;
  /** Why, where no vendor decided. */
  why?: string;
  /** The vendor that decided, or was asked last. */
  vendor?: string;
  /**
   * Its HTTP status, the network's error, or `secret` (not set), `header` (a secret that no header
   * can hold), `token` (not to be had), `adapter_error` (our code for the vendor threw).
   */
  status?: number | string;
  /** Its own code. */
  code?: string | undefined;
  attempts: number;
  ms: number;
  /** Vendors that refuse our credentials, credit or quota. */
  config?: string[];
}

const digitsOf = (value: string) => value.replace(/\D/g, "");
const lettersOf = (value: string) => value.replace(/[\W_]/g, "").toLowerCase();

/** Whether a code quotes a hidden value, in whole or from four characters on. */
function quotes(code: string, hidden: string): boolean {
  return [digitsOf, lettersOf].some((plain) => {
    const said = plain(code);
    const secret = plain(hidden);
    const parts = [said, ...code.split(/(\d+)/).map(plain)].filter(({ length }) => length > 3);
    return (
      parts.some((part) => secret.includes(part)) || (secret.length > 3 && said.includes(secret))
    );
  });
}

/**
 * A vendor's code, where it plainly is one: what a vendor answers may echo anything.
 *
 * @param hidden - recipient, passcode and secrets, of which a code may hold no four characters,
 * whatever stands between them
 */
export function plainCode(code = "", hidden: readonly string[]): string | undefined {
  const plain = /^(?!.*\d{8})\w[\w.:-]{0,39}$/.test(code) && digitsOf(code).length < 8;
  return plain && !hidden.some((one) => quotes(code, one)) ? code.slice(0, 24) : undefined;
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
