import { byCode, byStatus, byText, codeText, field, withoutAddresses } from "../verdict.ts";
import { namesParameter } from "../parameter.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { emailAndName, jsonPost, uuid } from "../request.ts";

export const settings = {
  apiKey: {
    type: "secret",
    description:
      'API key of version 3 (`xkeysib-…`) from Brevo\'s "SMTP & API" page; an SMTP key does not work.',
  },
} as const satisfies SettingsSpec;

// Source: the error codes in the types of Brevo's SDK (`@getbrevo/brevo`, `ErrorModel`). Whether
// `duplicate_request` is ever given for an e-mail is unverified, so it fails over.
const codes = {
  account_fault: ["not_enough_credits", "permission_denied", "account_under_validation"],
  not_sent: ["duplicate_request"],
};

// `invalid_parameter` and the like are anybody's fault, so the field that the text names decides:
// "email is not valid in to" (https://github.com/getbrevo/brevo-node/issues/40), "unexpected recipients:
// want atleast 1" (https://github.com/sendinblue/APIv3-python-library/issues/71).
const blamesMessage = (text: string) =>
  !/\bsender\b|reply|\bb?cc\b/i.test(text) &&
  (namesParameter(text, "to", "subject", "htmlContent", "textContent") ||
    /\bin to\b|\brecipients?\b/i.test(text));

const brevo: EmailVendor<typeof settings> = {
  name: "brevo",
  idempotent: true,

  request: ({ message, secrets, key }) =>
    jsonPost(
      "https://api.brevo.com/v3/smtp/email",
      { "api-key": secrets.apiKey },
      {
        sender: emailAndName(message.from),
        to: [{ email: message.to }],
        subject: message.subject,
        htmlContent: message.html,
        textContent: message.text,
        replyTo: message.replyTo && emailAndName(message.replyTo),
        tags: [message.messageType],
        // The spelling and the UUID are those of Brevo's guide on idempotency; the SDK's comment
        // shows another spelling. Never both: the second could be taken for a duplicate.
        headers: { idempotencyKey: uuid(key) },
      },
    ),

  verdict(response) {
    const code = codeText(field(response.json, "code"));
    // Brevo's guide: the key was used within 30 minutes, so this message is already on its way.
    if (response.status === 400 && code === "duplicate_parameter")
      return { kind: "accepted", code };
    const text = codeText(field(response.json, "message")) ?? "";
    const accepted = codeText(field(response.json, "messageId")) !== undefined;
    return (
      byCode(codes, code) ??
      byText(response, blamesMessage(withoutAddresses(text)), text, code) ??
      byStatus(response, accepted, code)
    );
  },
};

export { brevo as vendor };

export const about: About = {
  title: "Brevo",
  idempotency: "`idempotencyKey` among the message's headers, kept for 30 min",
  accepted: "2xx with a `messageId`; `duplicate_parameter` (already sent)",
  recipientRefused: "400 or 422 whose text names `to`, the recipient, the subject or the content",
  destinationRefused: "the same for a local part beyond ASCII",
  accountFault:
    "`not_enough_credits`, `permission_denied`, `account_under_validation`; every other 4xx: `unauthorized`, a text that names sender or reply-to",
  notSent: "`duplicate_request`; 408, 425, 429, 5xx",
  notes: [
    "Brevo has no tracking switch per message: turn open and click tracking off in the account's transactional settings.",
    "An API key that is bound to IP addresses cannot be used: Auth0's addresses change.",
    "Names of sender and reply-to may have 70 characters.",
    "A sender that is not validated is reported only in Brevo's log, after the message was accepted.",
  ],
};
