import { e164 } from "./e164.ts";
import { object, text } from "./event.ts";
import type { Prepared } from "./execute.ts";
import type { PhoneChannel, PhoneMessage } from "./message.ts";
import type { Plan } from "./plan.ts";
import { routed } from "./plan.ts";

/** What an environment allows by country; made by `countries.ts` where it has such rules. */
export interface CountryRules {
  /** ISO 3166 code, for countries that the environment names. */
  country(number: string): string | undefined;
  allows(number: string, voice: boolean): boolean;
}

export interface PhonePlan extends Plan<PhoneMessage> {
  /** Sender for countries that {@link senders} does not name. */
  readonly from?: string;
  /** Sender by ISO 3166 code. */
  readonly senders?: Readonly<Record<string, string>>;
  readonly rules?: CountryRules;
  /** Domain of the origin-bound last line (WebOTP) of text messages with a code. */
  readonly webOtp?: string;
}

/** A code as it is read out: digit by digit, whatever the language. */
function spoken(message: string, code: string): string {
  return code ? message.replaceAll(code, Array.from(code).join(", ")) : message;
}

/** Makes the message of a `custom-phone-provider` event. */
export function preparePhone(event: unknown, plan: PhonePlan): Prepared<PhoneMessage> {
  const notification = object(event, "notification");
  const voice = notification["delivery_method"] === "voice";
  const messageType = text(notification, "message_type") || "unknown";
  const to = e164(notification["recipient"]);
  const country = to && plan.rules?.country(to);
  const channel = voice ? "voice" : "text";
  const subject = { messageType, channel, country, last2: to?.slice(-2) };
  const refuse = (refused: string) => ({ subject, refused });
  if (to === undefined) return refuse("the recipient is no E.164 number");
  if (plan.rules?.allows(to, voice) === false) return refuse("the country is not allowed");

  const code = text(notification, "code");
  const written = text(notification, "as_text");
  const body = voice ? spoken(text(notification, "as_voice") || written, code) : written;
  if (!body) return refuse("the message is empty");
  const steps = routed(plan, { channel, messageType, country }).filter(
    (step) =>
      (step.channel === "voice") === voice &&
      // Templates hold nothing but the code.
      (code || !(step.vendor.needsCode ?? step.channel === "whatsapp")),
  );
  if (!steps.length) return refuse(`no vendor for ${channel}`);

  const line = plan.webOtp && code && !voice ? `\n\n@${plan.webOtp} #${code}` : "";
  const from = (country !== undefined ? plan.senders?.[country] : undefined) ?? plan.from;
  const locale = text(notification, "locale").replace("_", "-");
  const ip = text(object(event, "request"), "ip");
  return {
    subject,
    identity: [text(object(event, "tenant"), "id"), to, channel, body, code],
    delivery: {
      steps,
      expires: code !== "",
      message: (step, lifetimeS) => ({
        channel: step.channel as PhoneChannel,
        to,
        ...(from !== undefined && { from }),
        text: body + line,
        ...(code && { code }),
        messageType,
        ...(locale && { locale }),
        ...(ip && { ip }),
        lifetimeS,
      }),
    },
  };
}
