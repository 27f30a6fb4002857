import { domainToASCII } from "node:url";
import { object, text } from "./event.ts";
import type { Prepared } from "./execute.ts";
import type { EmailMessage, Mailbox } from "./message.ts";
import { plainText } from "./plain-text.ts";
import type { Plan } from "./plan.ts";
import { routed } from "./plan.ts";

export interface EmailPlan extends Plan<EmailMessage> {
  readonly from: Mailbox;
  readonly replyTo?: Mailbox;
}

/** An address with its domain in ASCII, or empty for what no mail can be sent to. */
export function address(value: unknown): string {
  const [, local, domain] =
    /^([^\s@<>"(),;:\\[\]]{1,64})@([^\s@<>"(),;:\\[\]]{1,255})$/.exec(
      typeof value === "string" ? value.trim() : "",
    ) ?? [];
  const ascii = domainToASCII(domain ?? "");
  return local && ascii ? `${local}@${ascii}` : "";
}

/** HTML that shows a text as it is. */
function html(plain: string): string {
  const escaped = plain.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return `<p style="white-space:pre-line">${escaped}</p>`;
}

/** Makes the message of a `custom-email-provider` event. */
export function prepareEmail(event: unknown, plan: EmailPlan): Prepared<EmailMessage> {
  const notification = object(event, "notification");
  const messageType = text(notification, "message_type") || "unknown";
  const subject = { messageType, channel: "email" };
  const refuse = (refused: string) => ({ subject, refused });
  const to = address(notification["to"]);
  if (!to) return refuse("the recipient is no e-mail address");
  const rich = text(notification, "html");
  const plain = text(notification, "text") || plainText(rich);
  // Line breaks in a subject would begin a header of their own.
  const title = text(notification, "subject").replace(/[\r\n]+/g, " ");
  if (!rich && !plain) return refuse("the message is empty");
  const expires = messageType.endsWith("_code");
  const code = expires ? /\b\d{4,10}\b/.exec(`${title}\n${plain}`)?.[0] : undefined;
  const steps = routed(plan, { channel: "email", messageType }).filter(
    ({ vendor }) => code !== undefined || !vendor.needsCode,
  );
  if (!steps.length) return refuse("no vendor for this type of message");
  const locale = text(notification, "locale").replace("_", "-");
  const message: EmailMessage = {
    to,
    from: plan.from,
    ...(plan.replyTo && { replyTo: plan.replyTo }),
    subject: title,
    html: rich || html(plain),
    text: plain || title || " ",
    messageType,
    ...(code !== undefined && { code }),
    ...(locale && { locale }),
  };
  return {
    subject,
    identity: [text(object(event, "tenant"), "id"), to, title, rich, plain],
    delivery: { steps, expires, message: () => message },
  };
}
