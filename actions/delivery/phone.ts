import { e164 } from "./e164.ts";
import { locale, messageType, object, text } from "./event.ts";
import type { Prepared } from "./execute.ts";
import type { Router } from "./route.ts";
import { stepsFor } from "./route.ts";
import type { Medium, PhoneMessage } from "./message.ts";
import type { DeliveryConfig } from "./config.ts";

/** What an environment allows by country; made by `countries.ts` where it has such rules. */
export interface CountryRules {
  /** ISO 3166 code, for countries that the environment names. */
  country(number: string): string | undefined;
  allows(number: string, voice: boolean): boolean;
}

export interface PhoneDeliveryConfig extends DeliveryConfig<PhoneMessage> {
  /** Sender for countries that {@link senders} does not name. */
  readonly from?: string;
  /** Sender by ISO 3166 code. */
  readonly senders?: Readonly<Record<string, string>>;
  readonly rules?: CountryRules;
  /** If it has routes. */
  readonly route?: Router<string>;
  /** Domain of the origin-bound last line (WebOTP) of text messages with a code. */
  readonly webOtp?: string;
}

/** Makes the message of a `custom-phone-provider` event. */
export function preparePhone(event: unknown, config: PhoneDeliveryConfig): Prepared<PhoneMessage> {
  const notification = object(event, "notification");
  const { rules } = config;
  const method = notification["delivery_method"] === "voice" ? "voice" : "text";
  const type = messageType(notification);
  const to = e164(notification["recipient"]);
  const country = rules?.country(to);
  const logContext = { type, medium: method, country, last2: to.slice(-2) };

  const code = text(notification, "code");
  let body = text(notification, "as_text");
  if (method === "voice") {
    // Read out digit by digit, which every language does.
    body = text(notification, "as_voice") || body;
    if (code) body = body.replaceAll(code, code.split("").join(", "));
  } else if (config.webOtp && code && body && !/@\S+ #\S+\s*$/.test(body)) {
    // Unless the template ends with such a line itself.
    body += `\n\n@${config.webOtp} #${code}`;
  }

  const route = config.route?.(event, logContext);
  const steps = stepsFor(config, route, to).filter(
    ({ medium, vendor }) =>
      (medium === "voice") === (method === "voice") &&
      // Templates hold nothing but the code.
      (code || !(vendor.needsCode ?? medium === "whatsapp")),
  );
  const refused = !to
    ? "the recipient is no E.164 number"
    : rules?.allows(to, method === "voice") === false
      ? "the country is not allowed"
      : !body
        ? "the message is empty"
        : steps.length
          ? undefined
          : `no vendor for ${method}`;
  return {
    logContext,
    refused,
    steps,
    identity: {
      content: [text(object(event, "tenant"), "id"), to, method, body, code],
      recipient: to,
    },
    hidden: [to, code],
    expires: code !== "",
    message: ({ medium }, lifetimeS) => ({
      medium: medium as Medium,
      to,
      from: route?.from ?? config.senders?.[country ?? ""] ?? config.from,
      text: body,
      code: code || undefined,
      messageType: type,
      locale: locale(notification),
      country,
      ip: text(object(event, "request"), "ip") || undefined,
      lifetimeS: code ? lifetimeS : undefined,
    }),
  };
}
