import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { emailAndName, jsonPost, uuid } from "../request.ts";

export const settings = {
  /** API key of version 3 (`xkeysib-…`) from Brevo's "SMTP & API" page; an SMTP key does not work. */
  apiKey: { type: "secret" },
} as const satisfies SettingsSpec;

// Source: the error codes in the types of Brevo's SDK; the statuses of its guides. Whether
// `duplicate_request` is ever given for an e-mail is unverified, so it fails over.
const codes = {
  recipient_refused: ["invalid_parameter", "missing_parameter", "out_of_range"],
  account_fault: [
    "unauthorized",
    "not_enough_credits",
    "permission_denied",
    "account_under_validation",
    "method_not_allowed",
  ],
  not_sent: ["duplicate_request"],
};

// The code is the same for a bad sender and a bad recipient; the texts are unverified. A recipient
// that is taken for a sender only costs a call to the next vendor.
const blamesSender = /sender|reply/i;

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
    const code = field(response.json, "code");
    // Brevo's guide: the key was used within 30 minutes, so this message is already on its way.
    if (code === "duplicate_parameter") return { kind: "accepted", code };
    const accepted = codeText(field(response.json, "messageId")) !== undefined;
    const verdict = byCode(codes, code) ?? byStatus(response, accepted, code);
    return verdict.kind === "recipient_refused" &&
      blamesSender.test(String(field(response.json, "message")))
      ? { ...verdict, kind: "account_fault" }
      : verdict;
  },
};

export { brevo as vendor };

export const about: About = {
  title: "Brevo",
  idempotency: "`idempotencyKey` among the message's headers, kept for 30 min",
  accepted: "2xx with a `messageId`; `duplicate_parameter` (already sent)",
  recipientRefused: "`invalid_parameter`, `missing_parameter`, `out_of_range`; other 4xx",
  accountFault:
    "`unauthorized`, `not_enough_credits`, `permission_denied`, `account_under_validation`, `method_not_allowed`; a 4xx that blames sender or reply-to; 401 to 404",
  notSent: "`duplicate_request`; 408, 425, 429, 5xx; a 2xx without a `messageId`",
  notes: [
    "Brevo has no tracking switch per message: turn open and click tracking off in the account's transactional settings.",
    "An API key that is bound to IP addresses cannot be used: Auth0's addresses change.",
    "Names of sender and reply-to may have 70 characters.",
    "A sender that is not validated is reported only in Brevo's log, after the message was accepted.",
  ],
};
