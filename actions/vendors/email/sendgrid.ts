import { byCode, byStatus, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { emailAndName, jsonPost } from "../request.ts";

export const settings = {
  /** API key (`SG.…`) with the permission "Mail Send". */
  apiKey: { type: "secret" },
  /** Where SendGrid processes the message; `eu` needs a subuser and a key of that region. */
  region: { type: "choice", of: ["global", "eu"], default: "global" },
  /**
   * Also send to addresses that are on the account's suppression lists (unsubscribes, bounces, spam
   * reports). Off by default since it goes round an opt-out; without it SendGrid accepts and then
   * silently drops what is sent to such an address.
   */
  bypassListManagement: { type: "flag", default: false },
} as const satisfies SettingsSpec;

// SendGrid has no error codes, but names the field it refuses. Source: SendGrid's "Mail Send
// errors" and, for `from`, its answer to a sender that is not verified.
const codes = {
  account_fault: ["from", "from.email", "from.name", "reply_to", "reply_to.email"],
};

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
    const refused = field(response.json, "errors", 0, "field");
    // 200 is the sandbox's: valid, but not sent. The body of a real acceptance is empty.
    const accepted = response.status === 202 && response.body.trim() === "";
    return byCode(codes, refused) ?? byStatus(response, accepted, refused);
  },
};

export { sendgrid as vendor };

export const about: About = {
  title: "SendGrid",
  idempotency: "none",
  accepted: "202 with an empty body",
  recipientRefused: "other 4xx",
  accountFault: "errors in `from` or `reply_to`; 401 to 404",
  notSent: "408, 425, 429, 5xx; any other 2xx",
  notes: [
    "Addresses on a suppression list are accepted and then dropped; see `bypassListManagement`.",
    "Used-up credit is answered with 401.",
  ],
};
