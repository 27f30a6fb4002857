import { byStatus, codeText, field, recipientVerdict } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { emailAndName, jsonPost } from "../request.ts";

export const settings = {
  apiKey: { type: "secret", description: 'API key (`SG.…`) with the permission "Mail Send".' },
  region: {
    type: "choice",
    of: ["global", "eu"],
    default: "global",
    description:
      "Where SendGrid processes the message; `eu` needs a subuser and a key of that region.",
  },
  bypassListManagement: {
    type: "flag",
    default: false,
    description:
      "Also send to addresses that are on the account's suppression lists (unsubscribes, bounces, spam reports). Off by default since it goes round an opt-out; without it SendGrid accepts and then silently drops what is sent to such an address.",
  },
} as const satisfies SettingsSpec;

// SendGrid has no error codes, but names the field that it refuses; these are the recipient's and the
// content's. Source: https://www.twilio.com/docs/sendgrid/api-reference/mail-send/errors.
const blamed =
  /^personalizations(?:\.\d+)?(?:\.to(?:\.\d+)?(?:\.email)?)?$|^to\b|^subject$|^content(?:\.\d+)?(?:\.value)?$/;

const sendgrid: EmailVendor<typeof settings> = {
  name: "sendgrid",
  idempotent: false,

  request: ({ message, settings, secrets, key }) =>
    jsonPost(
      `https://api.${settings.region === "eu" ? "eu." : ""}sendgrid.com/v3/mail/send`,
      { authorization: `Bearer ${secrets.apiKey}` },
      {
        from: emailAndName(message.from),
        reply_to: message.replyTo && emailAndName(message.replyTo),
        subject: message.subject,
        personalizations: [{ to: [{ email: message.to }] }],
        content: [
          { type: "text/plain", value: message.text },
          { type: "text/html", value: message.html },
        ],
        categories: [message.messageType],
        custom_args: { ref: key },
        mail_settings: settings.bypassListManagement
          ? { bypass_list_management: { enable: true } }
          : undefined,
        tracking_settings: {
          click_tracking: { enable: false, enable_text: false },
          open_tracking: { enable: false },
          subscription_tracking: { enable: false },
        },
      },
    ),

  verdict(response) {
    const errors = field(response.json, "errors");
    const all: readonly unknown[] = Array.isArray(errors) ? errors : [];
    const code = codeText(field(all[0], "field"));
    // With a fault of the account among them, another vendor may still send the message.
    if (
      response.status === 400 &&
      all.length > 0 &&
      all.every((error) => blamed.test(codeText(field(error, "field")) ?? ""))
    )
      return recipientVerdict(field(all[0], "message"), code);
    // 200 is the sandbox's: valid, but not sent. The body of a real acceptance is empty.
    const accepted = response.status === 202 && response.body.trim() === "";
    return byStatus(response, accepted, code);
  },
};

export { sendgrid as vendor };

export const about: About = {
  title: "SendGrid",
  idempotency: "none",
  accepted: "202 with an empty body",
  recipientRefused: "400 for `personalizations`, `personalizations.*.to`, `subject` or `content`",
  destinationRefused: "the same for a local part beyond ASCII",
  accountFault:
    "every other 4xx: 400 for `from`, `reply_to`, `categories` and the like, 401, 403, 413",
  notSent: "408, 425, 429, 5xx",
  notes: [
    "Addresses on a suppression list are accepted and then dropped; see `bypassListManagement`.",
    "Used-up credit is answered with 401.",
  ],
};
