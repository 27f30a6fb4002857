import { byCode, byStatus, byText, codeText, field, withoutAddresses } from "../verdict.ts";
import { namesParameter } from "../parameter.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { jsonPost, mailbox } from "../request.ts";

export const settings = {
  apiKey: {
    type: "secret",
    description:
      "API key (`re_…`) from Resend's dashboard; \"Sending access\" to the sender's domain is enough.",
  },
} as const satisfies SettingsSpec;

// Source: https://resend.com/docs/api-reference/errors. What `security_error` (451) finds suspicious is
// not documented, so it fails over.
const codes = {
  account_fault: ["daily_quota_exceeded", "monthly_quota_exceeded"],
  not_sent: [
    "concurrent_idempotent_requests",
    "rate_limit_exceeded",
    "application_error",
    "internal_server_error",
  ],
};

// A `validation_error` is anybody's fault, so the field that its text names decides, e.g. "Invalid `to`
// field. The email address needs to follow …". A 403 of that name is a domain that is not verified, or a
// testing account that may only write to its owner.
const blamesMessage = (text: unknown) =>
  namesParameter(withoutAddresses(text), "to", "subject", "html", "text");

const resend: EmailVendor<typeof settings> = {
  name: "resend",
  idempotent: true,

  request: ({ message, secrets, key }) =>
    jsonPost(
      "https://api.resend.com/emails",
      { authorization: `Bearer ${secrets.apiKey}`, "idempotency-key": key },
      {
        from: mailbox(message.from),
        to: message.to,
        subject: message.subject,
        html: message.html,
        text: message.text,
        reply_to: message.replyTo && mailbox(message.replyTo),
        tags: [
          { name: "ref", value: key },
          // Any other character in a tag makes Resend refuse the whole message.
          { name: "message_type", value: message.messageType.replace(/[^\w-]/g, "_") },
        ],
        // Gmail folds messages of one subject into a thread and would hide the newest code.
        headers: { "X-Entity-Ref-ID": key },
      },
    ),

  verdict(response) {
    const name = field(response.json, "name");
    const text = field(response.json, "message");
    const accepted = codeText(field(response.json, "id")) !== undefined;
    return (
      byCode(codes, name) ??
      byText(response, blamesMessage(text), text, name) ??
      byStatus(response, accepted, name)
    );
  },
};

export { resend as vendor };

export const about: About = {
  title: "Resend",
  idempotency: "`Idempotency-Key` header, kept for 24 h",
  accepted: "2xx with an `id`",
  recipientRefused: "400 or 422 whose text names `to`, `subject`, `html` or `text`",
  destinationRefused: "the same for a local part beyond ASCII",
  accountFault:
    "`daily_quota_exceeded`, `monthly_quota_exceeded`; every other 4xx: keys, `validation_error` in `from` or `reply_to`, 403 for a domain that is not verified or a testing account, `security_error`",
  notSent:
    "`concurrent_idempotent_requests`, `rate_limit_exceeded`, `application_error`, `internal_server_error`; 408, 425, 429, 5xx",
  notes: [
    "Open and click tracking belong to the domain, not to the message: leave both off in Resend's domain settings.",
  ],
};
