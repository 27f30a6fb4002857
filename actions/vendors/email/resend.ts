import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { jsonPost, mailbox } from "../request.ts";

export const settings = {
  /** API key (`re_…`) from Resend's dashboard; "Sending access" to the sender's domain is enough. */
  apiKey: { type: "secret" },
} as const satisfies SettingsSpec;

// Source: Resend's API reference, "Errors". `validation_error` is not here because its status
// decides: 400 and 422 are the message's fault, 403 is a domain that is not verified. What
// `security_error` (451) finds suspicious is not documented, so it fails over.
const codes = {
  recipient_refused: ["invalid_attachment", "invalid_parameter", "missing_required_field"],
  account_fault: [
    "missing_api_key",
    "restricted_api_key",
    "invalid_api_key",
    "invalid_from_address",
    "invalid_idempotency_key",
    "invalid_idempotent_request",
    "method_not_allowed",
    "daily_quota_exceeded",
    "monthly_quota_exceeded",
    "security_error",
  ],
  not_sent: [
    "concurrent_idempotent_requests",
    "rate_limit_exceeded",
    "application_error",
    "internal_server_error",
  ],
};

// Source: the text of the same refusal of `to` in public reports; that of `from` is unverified.
const blamesSender = /\b(from|reply_to)\W? field/i;

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
    const accepted = codeText(field(response.json, "id")) !== undefined;
    if (name === "validation_error" && blamesSender.test(String(field(response.json, "message"))))
      return { kind: "account_fault", code: name };
    return byCode(codes, name) ?? byStatus(response, accepted, name);
  },
};

export { resend as vendor };

export const about: About = {
  title: "Resend",
  idempotency: "`Idempotency-Key` header, kept for 24 h",
  accepted: "2xx with an `id`",
  recipientRefused:
    "`invalid_attachment`, `invalid_parameter`, `missing_required_field`; `validation_error` with 400 or 422; other 4xx",
  accountFault:
    "`missing_api_key`, `restricted_api_key`, `invalid_api_key`, `invalid_from_address`, `invalid_idempotency_key`, `invalid_idempotent_request`, `method_not_allowed`, `daily_quota_exceeded`, `monthly_quota_exceeded`, `security_error`; `validation_error` in `from` or `reply_to`; 401 to 404",
  notSent:
    "`concurrent_idempotent_requests`, `rate_limit_exceeded`, `application_error`, `internal_server_error`; 408, 425, 429, 5xx; a 2xx without an `id`",
  notes: [
    "Open and click tracking belong to the domain, not to the message: leave both off in Resend's domain settings.",
  ],
};
