import { domainToASCII } from "node:url";
import { locale, messageType, object, text } from "./event.ts";
import type { Prepared } from "./execute.ts";
import { markedCode } from "./marked-code.ts";
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

/** A label of a host name; the underscore is no host's, but in use. */
const label = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
/** The last label is no number: with one, the URL standard takes the whole for an IPv4 address. */
const hostName = new RegExp(`^(?=.{1,253}$)(?:${label}\\.)*(?!(?:\\d+|0x[\\da-f]*)$)${label}$`);

/**
 * An address with its domain in ASCII, or empty for what no mail can be sent to. The part before the
 * `@` stays as it came; with dots where none may stand, as old Japanese carriers gave them out, it is
 * quoted, which is its valid form (RFC 5321, 4.1.2).
 */
export function address(value: string): string {
  const [, local = "", domain = ""] =
    /^([^\p{C}\s@<>"(),;:\\[\]]{1,64}|"(?:[^\p{C}\p{Zl}\p{Zp}"\\]|\\[ -~]){1,62}")@([\p{L}\p{M}\p{N}_.。．｡\u200c\u200d-]{1,255})$/u.exec(
      value.trim(),
    ) ?? [];
  const ascii = domainToASCII(domain);
  if (!hostName.test(ascii)) return "";
  return /^(?!")(?:\.|.*(?:\.\.|\.$))/.test(local) ? `"${local}"@${ascii}` : `${local}@${ascii}`;
}

/** A text without control characters, which could begin a header or end a field. */
const oneLine = (said: string) => said.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
const withoutControls = (said: string) => said.replace(/(?![\t\n\r])\p{Cc}/gu, "");

/** A mailbox whose name is one line. */
function oneLineName({ address, name }: Mailbox): Mailbox {
  return name === undefined ? { address } : { address, name: oneLine(name) };
}

/** Everything in a text that may be its code: no log may hold any of it. */
const numbers = (said: string) => said.match(/\b\d{4,10}\b/g) ?? [];

/** Makes the message of a `custom-email-provider` event. */
export function prepareEmail(event: unknown, config: EmailDeliveryConfig): Prepared<EmailMessage> {
  const notification = object(event, "notification");
  const type = messageType(notification);
  const logContext = { type, medium: "email" };
  const to = address(text(notification, "to"));
  const html = withoutControls(text(notification, "html"));
  const plain = withoutControls(text(notification, "text")) || plainText(html);
  const title = oneLine(text(notification, "subject"));
  const expires = type.endsWith("_code");
  const code = expires ? markedCode(html) : undefined;
  const route = config.route?.(event, logContext);
  const routed = stepsFor(config, route, to);
  const steps = routed.filter(
    ({ vendor, settings }) =>
      code !== undefined || !(vendor.needsCode ?? (expires && vendor.sendsCodeAlone?.(settings))),
  );
  const refused = !to
    ? "the recipient is no e-mail address"
    : !html && !plain
      ? "the message is empty"
      : steps.length
        ? undefined
        : expires && routed.length
          ? "the template does not mark its code"
          : "no vendor for this type";
  const from = oneLineName({ ...config.from, ...route?.from });
  const replyTo = route?.replyTo ?? config.replyTo;
  const message: EmailMessage = {
    to,
    from,
    replyTo: replyTo && oneLineName(replyTo),
    // Vendors refuse an empty one.
    subject: title.trim() ? title : expires ? "Your verification code" : (from.name ?? type),
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
    hidden: [to, code ?? "", ...numbers(`${title} ${plain}`)],
    expires,
    message: () => message,
  };
}
