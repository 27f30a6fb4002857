import type { Channel } from "../../config/environment.ts";
import type { Random } from "./sandbox/random.ts";

/** A copy that a vendor took. */
export interface Copy {
  readonly vendor: string;
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

/** One message through all its executions; times in milliseconds since 1970. */
export interface Message {
  /** When its code was made. */
  readonly born: number;
  readonly recipient: string;
  readonly code: string;
  /** Every vendor refuses the recipient. */
  readonly bad: boolean;
  readonly copies: Copy[];
  /** When its executions began. */
  readonly executions: number[];
  /** Calls that vendors got for it. */
  calls: number;
  /** What the last execution told Auth0. */
  told: "nothing" | "accepted" | "drop" | "retry";
}

export interface Drawn {
  readonly channel: Channel;
  readonly count: number;
  readonly perSecond: number;
  /** When the first comes. */
  readonly start: number;
  /** Share of recipients that vendors refuse. */
  readonly bad: number;
  /** What phone numbers begin with, e.g. `+1202555`. */
  readonly numbers: string;
}

/** Messages as they come: independent of each other, so at exponential distances. */
export function drawMessages(
  { channel, count, perSecond, start, bad, numbers }: Drawn,
  random: Random,
): Message[] {
  let born = start;
  return Array.from({ length: count }, (_, index) => {
    born += (-Math.log(1 - random()) * 1_000) / perSecond;
    const number = String(index).padStart(7, "0");
    return {
      born,
      recipient: channel === "phone" ? `${numbers}${number}` : `otp-${number}@example.org`,
      code: String(Math.floor(random() * 1e6)).padStart(6, "0"),
      bad: random() < bad,
      copies: [],
      executions: [],
      calls: 0,
      told: "nothing",
    };
  });
}

/** The event that Auth0 hands an execution for a message. */
export function eventOf(
  { recipient, code }: Message,
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
          html: `<p><b>${code}</b> is your code for Example.</p>`,
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
    user: { user_id: "auth0|simulation", app_metadata: {}, user_metadata: {} },
  };
}

/** Finds the message that a request carries, by its recipient. */
export function finder(channel: Channel, messages: readonly Message[]) {
  if (channel === "email")
    return (body: string): Message | undefined =>
      messages[Number(/otp-(\d{7})(?:@|%40)/.exec(body)?.[1] ?? -1)];
  const byNumber = new Map(messages.map((message) => [message.recipient.slice(1), message]));
  return (body: string): Message | undefined => {
    for (const [number] of body.matchAll(/\d{8,15}/g)) {
      const found = byNumber.get(number);
      if (found) return found;
    }
    return undefined;
  };
}
