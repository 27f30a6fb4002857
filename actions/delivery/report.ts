/** How an execution ended. */
export type Outcome =
  /** A vendor has the message. */
  | "accepted"
  /** An earlier execution had it accepted; nothing was sent again. */
  | "repeated"
  /** Refused for good: by a vendor, by the environment's rules, or since it cannot be sent at all. */
  | "rejected"
  /** Its code no longer works; nothing was sent. */
  | "expired"
  /** No vendor could take it in time; Auth0 runs the Action again. */
  | "failed";

/** What one execution did; holds nothing that a log may not. */
export interface Report {
  outcome: Outcome;
  /** Why, where no vendor decided: a few words of ours. */
  why?: string;
  /** The vendor that decided, or was asked last. */
  vendor?: string;
  /** Its HTTP status, or the network's error. */
  status?: number | string;
  /** Its own code. */
  code?: string;
  attempts: number;
  ms: number;
  /** Vendors that refuse our credentials, credit or quota. */
  misconfigured: string[];
}

/** What a log may say of a message. */
export interface Subject {
  messageType: string;
  channel: string;
  country?: string | undefined;
  /** The last two digits of a number. */
  last2?: string | undefined;
}

const short = (text: string, length: number) =>
  text.length > length ? text.slice(0, length - 1) + "…" : text;

/** Vendors' codes are theirs: what is not plainly a code is not repeated. */
export function safeCode(code: string | undefined): string | undefined {
  return code !== undefined && /^[A-Za-z][\w.:-]{0,39}$|^\d{1,5}$/.test(code) ? code : undefined;
}

/**
 * The one line that an execution logs: JSON of at most 255 characters, since Auth0 keeps 256.
 * The names of its members are an interface: alerts are built on them.
 */
export function logLine(subject: Subject, { misconfigured, ...report }: Report): string {
  const line = (config: string | undefined) =>
    JSON.stringify({
      otp: report.outcome,
      type: short(subject.messageType, 34),
      via: subject.channel,
      vendor: report.vendor && short(report.vendor, 32),
      status: report.status,
      code: report.code && short(report.code, 24),
      why: report.why,
      attempts: report.attempts,
      ms: report.ms,
      country: subject.country,
      last2: subject.last2,
      config,
    });
  const whole = line(misconfigured.length ? misconfigured.join(",") : undefined);
  if (whole.length < 256) return whole;
  const few = `${short(misconfigured[0] ?? "", 16)}+${String(misconfigured.length - 1)}`;
  return line(few);
}

/** Why a message is given up or tried again, in at most 199 characters, for Auth0's log. */
export function reason(report: Report): string {
  const { vendor, status, code, attempts, ms, misconfigured } = report;
  const parts = [
    report.why ?? [vendor, status, code].filter((part) => part !== undefined).join(" "),
    attempts && `${String(attempts)} attempts in ${String(ms)} ms`,
    misconfigured.length && `check the configuration of ${misconfigured.join(", ")}`,
  ];
  return short(`${report.outcome}: ${parts.filter(Boolean).join("; ")}`, 199);
}
