import { byStatus, byText, codeText, field, withoutAddresses } from "../verdict.ts";
import { namesParameter } from "../parameter.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { jsonPost, mailbox } from "../request.ts";

export const settings = {
  appApiKey: {
    type: "secret",
    description:
      "App API key (not a Track API key) of the workspace, from Account Settings, API Credentials.",
  },
  region: {
    type: "choice",
    of: ["us", "eu"],
    default: "us",
    description: "Data centre of the account.",
  },
  transactionalMessageId: {
    type: "text",
    optional: true,
    description:
      "ID or trigger name of a transactional message. Subject, content and sender are then the template's own; it gets `code`, `subject`, `text`, `html` and `message_type` as trigger data.",
  },
} as const satisfies SettingsSpec;

// Errors have no codes, so the field that a 400 names decides. Source:
// https://docs.customer.io/journeys/transactional-api-common-api-errors; the SDK reads `meta.error`.
const blamesMessage = (text: string) =>
  !/["']from["']|reply_to|transactional_message_id|\bdomain\b/i.test(text) &&
  (namesParameter(text, "to", "recipient", "subject", "body") ||
    /\bidentifiers?\b|\binvalid email\b/i.test(text));

const customerio: EmailVendor<typeof settings> = {
  name: "customerio",
  idempotent: false,
  sendsCodeAlone: ({ transactionalMessageId }) => transactionalMessageId !== undefined,

  request({ message, settings, secrets }) {
    const { to, from, replyTo, subject, html, text, code, messageType, locale } = message;
    return jsonPost(
      `https://${settings.region === "eu" ? "api-eu" : "api"}.customer.io/v1/send/email`,
      { authorization: `Bearer ${secrets.appApiKey}` },
      {
        to,
        identifiers: { email: to },
        ...(settings.transactionalMessageId
          ? {
              transactional_message_id: settings.transactionalMessageId,
              message_data: { code, subject, text, html, message_type: messageType },
              language: locale,
            }
          : {
              from: mailbox(from),
              reply_to: replyTo && mailbox(replyTo),
              subject,
              body: html,
              body_plain: text,
            }),
        disable_message_retention: true,
        send_to_unsubscribed: true,
        tracked: false,
      },
    );
  },

  verdict(response) {
    const meta = field(response.json, "meta");
    const said = codeText(field(meta, "error") ?? field(meta, "errors", 0)) ?? "";
    const text = said.replace(/[“”‘’]/g, '"');
    return (
      byText(response, blamesMessage(withoutAddresses(text)), text) ??
      byStatus(response, Boolean(field(response.json, "delivery_id")))
    );
  },
};

export { customerio as vendor };

export const about: About = {
  title: "Customer.io",
  idempotency: "none",
  accepted: "2xx with a `delivery_id`",
  recipientRefused: "400 or 422 whose text names `to`, `identifiers`, the recipient or the content",
  destinationRefused: "the same for a local part beyond ASCII",
  accountFault:
    "every other 4xx: 400 for a sender domain that is not verified or a `transactional_message_id` that is not there, 401, 403",
  notSent: "408, 425, 429, 5xx",
  notes: [
    "With `transactionalMessageId`, a message with a code goes to other vendors unless its template marks the code; see Loops.",
    "The content of messages is not kept at Customer.io, for it holds codes.",
    "With `transactionalMessageId`, one template serves all message types, and the sender is the template's, not the environment's.",
    "Suppressed recipients are accepted and dropped later.",
  ],
};
