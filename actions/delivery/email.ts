import { domainToASCII } from "node:url";
import { locale, messageType, object, text } from "./event.ts";
import type { Prepared } from "./execute.ts";
import type { Router } from "./route.ts";
import { stepsFor } from "./route.ts";
import type { EmailMessage, Mailbox } from "./message.ts";
import { plainText } from "./plain-text.ts";
import type { DeliveryConfig } from "./config.ts";

export interface EmailDeliveryConfig extends DeliveryConfig<EmailMessage> {
  readonly from: Mailbox;
  readonly replyTo?: Mailbox;
  /** If it has routes; a route may change one part of the sender. */
  readonly route?: Router<Partial<Mailbox>>;
}

/** An address with its domain in ASCII, or empty for what no mail can be sent to. */
export function address(value: string): string {
  const [, local = "", domain = ""] =
    /^([^\s@<>"(),;:\\[\]]{1,64})@([^\s@<>"(),;:\\[\]]{1,255})$/.exec(value.trim()) ?? [];
  const ascii = domainToASCII(domain);
  return ascii && `${local}@${ascii}`;
}

/** The code that a text holds: Auth0's have 6 digits by default, other numbers are rather a year. */
const passcode = (said: string) => (/\b\d{6}\b/.exec(said) ?? /\b\d{4,10}\b/.exec(said))?.[0];

/** Makes the message of a `custom-email-provider` event. */
export function prepareEmail(event: unknown, config: EmailDeliveryConfig): Prepared<EmailMessage> {
  const notification = object(event, "notification");
  const type = messageType(notification);
  const logContext = { type, medium: "email" };
  const to = address(text(notification, "to"));
  const html = text(notification, "html");
  const plain = text(notification, "text") || plainText(html);
  // Line breaks in a subject would begin a header of their own.
  const title = text(notification, "subject").replace(/[\r\n]+/g, " ");
  const expires = type.endsWith("_code");
  const code = expires ? passcode(`${title} ${plain}`) : undefined;
  const route = config.route?.(event, logContext);
  const steps = stepsFor(config, route, to).filter(
    ({ vendor }) => code !== undefined || !vendor.needsCode,
  );
  const refused = !to
    ? "the recipient is no e-mail address"
    : !html && !plain
      ? "the message is empty"
      : steps.length
        ? undefined
        : "no vendor for this type";
  const message: EmailMessage = {
    to,
    from: { ...config.from, ...route?.from },
    replyTo: route?.replyTo ?? config.replyTo,
    subject: title,
    html: html || `<pre>${plain.replace(/&/g, "&amp;").replace(/</g, "&lt;")}</pre>`,
    text: plain || title || " ",
    messageType: type,
    code,
    locale: locale(notification),
  };
  return {
    logContext,
    refused,
    steps,
    identity: {
      content: [text(object(event, "tenant"), "id"), to, title, html, plain],
      recipient: to,
    },
    hidden: [to, code ?? ""],
    expires,
    message: () => message,
  };
}
