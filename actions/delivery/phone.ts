import { e164 } from "./e164.ts";
import { locale, messageType, object, text } from "./event.ts";
import type { Prepared } from "./execute.ts";
import type { Medium, PhoneMessage } from "./message.ts";
import type { Plan } from "./plan.ts";

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

/** Makes the message of a `custom-phone-provider` event. */
export function preparePhone(event: unknown, plan: PhonePlan): Prepared<PhoneMessage> {
  const notification = object(event, "notification");
  const { rules } = plan;
  const via = notification["delivery_method"] === "voice" ? "voice" : "text";
  const type = messageType(notification);
  const to = e164(notification["recipient"]);
  const country = rules?.country(to);
  const subject = { type, via, country, last2: to.slice(-2) };

  const code = text(notification, "code");
  let body = text(notification, "as_text");
  if (via === "voice") {
    // Read out digit by digit, which every language does.
    body = text(notification, "as_voice") || body;
    if (code) body = body.replaceAll(code, code.split("").join(", "));
  } else if (plan.webOtp && code && body) body += `\n\n@${plan.webOtp} #${code}`;

  const steps = (plan.route?.(plan.steps, subject) ?? plan.steps).filter(
    ({ medium, vendor }) =>
      (medium === "voice") === (via === "voice") &&
      // Templates hold nothing but the code.
      (code || !(vendor.needsCode ?? medium === "whatsapp")),
  );
  const refused = !to
    ? "the recipient is no E.164 number"
    : rules?.allows(to, via === "voice") === false
      ? "the country is not allowed"
      : !body
        ? "the message is empty"
        : steps.length
          ? undefined
          : `no vendor for ${via}`;
  return {
    subject,
    refused,
    steps,
    identity: [text(object(event, "tenant"), "id"), to, via, body, code],
    hidden: [to, code],
    expires: code !== "",
    message: ({ medium }, lifetimeS) => ({
      medium: medium as Medium,
      to,
      from: plan.senders?.[country ?? ""] ?? plan.from,
      text: body,
      code: code || undefined,
      messageType: type,
      locale: locale(notification),
      country,
      ip: text(object(event, "request"), "ip") || undefined,
      lifetimeS,
    }),
  };
}
