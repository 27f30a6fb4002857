import type { Channel } from "../../config/environment.ts";
import type { Random } from "./sandbox/random.ts";

/** A copy that a vendor took and delivers. */
export interface Copy {
  readonly vendor: string;
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

/** What an execution told Auth0; an execution that Auth0 ended counts as `retry`. */
export type ExecutionOutcome = "accepted" | "drop" | "retry";

/** One message through all its executions; times in milliseconds since 1970. */
export interface Message {
  /** Which message of the run this is, from 0; Auth0's correlation id is made of it. */
  readonly index: number;
  /** When its code was made. */
  readonly requestedAt: number;
  readonly recipient: string;
  readonly code: string;
  /** Every vendor refuses the recipient. */
  readonly bad: boolean;
  /** The first vendor's account is not enabled for the destination. */
  readonly refusedDestination: boolean;
  /** How often its user had asked before. */
  readonly repeat: number;
  readonly copies: Copy[];
  /** When its executions began. */
  readonly executions: number[];
  /** Calls that vendors got for it. */
  calls: number;
  /** The first of them, and how long the vendor takes for it, in milliseconds. */
  firstCall:
    { readonly vendor: string; readonly at: number; readonly latencyMs: number } | undefined;
  /** A vendor has accepted it and delivers nothing. */
  swallowed: boolean;
  /** What the last execution told Auth0. */
  outcome: "nothing" | ExecutionOutcome;
}

interface Request {
  readonly index: number;
  readonly requestedAt: number;
  readonly recipient: string;
  readonly bad?: boolean;
  readonly refusedDestination?: boolean;
  readonly repeat?: number;
}

/** A message with a fresh code. */
export function newMessage(request: Request, random: Random): Message {
  return {
    bad: false,
    refusedDestination: false,
    repeat: 0,
    ...request,
    code: String(Math.floor(random() * 1e6)).padStart(6, "0"),
    copies: [],
    executions: [],
    calls: 0,
    firstCall: undefined,
    swallowed: false,
    outcome: "nothing",
  };
}

export interface Traffic {
  readonly channel: Channel;
  readonly count: number;
  readonly perHour: number;
  /** When messages begin to come, in milliseconds since 1970. */
  readonly start: number;
  /** Share of recipients that vendors refuse. */
  readonly badRecipients: number;
  /** Messages a minute to a destination that the first vendor refuses. */
  readonly refusedPerMinute: number;
  /** What phone numbers begin with, e.g. `+1202`: of most, and of refused destinations. */
  readonly numbers: readonly [usual: string, other: string];
}

/**
 * Messages as they come: independent of each other (a Poisson process), each to a recipient of its
 * own.
 */
export function drawMessages(traffic: Traffic, random: Random): Message[] {
  const { channel, count, perHour, start, badRecipients, refusedPerMinute, numbers } = traffic;
  let requestedAt = start;
  let refused = start;
  return Array.from({ length: count }, (_, index) => {
    requestedAt += (-Math.log(1 - random()) * 3_600_000) / perHour;
    const number = String(index).padStart(7, "0");
    const refusedDestination = refusedPerMinute > 0 && requestedAt >= refused;
    if (refusedDestination) refused += 60_000 / refusedPerMinute;
    const prefix = numbers[refusedDestination ? 1 : 0];
    const recipient = channel === "phone" ? `${prefix}${number}` : `otp-${number}@example.org`;
    return newMessage(
      { index, requestedAt, recipient, bad: random() < badRecipients, refusedDestination },
      random,
    );
  });
}

/** The event that Auth0 hands an execution for a message. */
export function eventOf(
  { index, recipient, code }: Message,
  channel: Channel,
  secrets: Readonly<Record<string, string>>,
) {
  const sentence = `${code} is your code for Example.`;
  const notification =
    channel === "phone"
      ? {
          recipient,
          as_text: sentence,
          as_voice: sentence,
          delivery_method: "text",
          message_type: "otp_verify",
          code,
          locale: "en",
        }
      : {
          to: recipient,
          from: "login@example.com",
          subject: "Your code for Example",
          html: `<p><b data-otp>${code}</b> is your code for Example.</p>`,
          text: sentence,
          message_type: "verification_code",
          locale: "en",
        };
  return {
    notification,
    secrets,
    request: { ip: "203.0.113.7", method: "POST", geoip: {} },
    client: { client_id: "simulation", name: "Simulation", metadata: {} },
    tenant: { id: "simulation" },
    transaction: { correlation_id: `simulated${String(index).padStart(15, "0")}` },
    user: { user_id: "auth0|simulation", app_metadata: {}, user_metadata: {} },
  };
}
