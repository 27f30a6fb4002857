import type { Mailbox } from "../../delivery/message.ts";
import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { basic, jsonPost } from "../request.ts";

export const settings = {
  /** API key, the public half, from Mailjet's "API key management". */
  apiKey: { type: "text" },
  /** Secret key that belongs to `apiKey`. */
  apiSecret: { type: "secret" },
  /** `us` for accounts that Mailjet keeps on its American architecture. */
  region: { type: "choice", of: ["eu", "us"], default: "eu" },
} as const satisfies SettingsSpec;

// Source: Mailjet's Send API v3.1 guide, "Send API errors". The codes for a malformed request stand
// under misconfigured: they say nothing against the recipient, so another vendor may try.
const codes = {
  recipient_refused: ["mj-0006", "mj-0011", "mj-0012", "mj-0013"],
  account_fault: [
    "mj-0001",
    "mj-0002",
    "mj-0003",
    "mj-0004",
    "mj-0005",
    "mj-0015",
    "send-0006",
    "send-0007",
    "send-0008",
  ],
};

const named = ({ address, name }: Mailbox) => ({ Email: address, ...(name && { Name: name }) });

const mailjet: EmailVendor<typeof settings> = {
  name: "mailjet",
  idempotent: false,

  request: ({ message, settings, secrets, key }) =>
    jsonPost(
      `https://api.${settings.region === "us" ? "us." : ""}mailjet.com/v3.1/send`,
      { authorization: basic(settings.apiKey, secrets.apiSecret) },
      {
        Messages: [
          {
            From: named(message.from),
            To: [{ Email: message.to }],
            Subject: message.subject,
            TextPart: message.text,
            HTMLPart: message.html,
            ReplyTo: message.replyTo && named(message.replyTo),
            CustomID: key,
            CustomCampaign: message.messageType,
            TrackOpens: "disabled",
            TrackClicks: "disabled",
          },
        ],
      },
    ),

  verdict(response) {
    const message = field(response.json, "Messages", 0);
    // Errors of the whole request stand at the top, those of the message inside it.
    const error = field(message, "Errors", 0) ?? response.json;
    const code = field(error, "ErrorCode");
    const related = codeText(field(error, "ErrorRelatedTo", 0));
    if (related?.startsWith("From") || related?.startsWith("ReplyTo"))
      return byStatus({ ...response, status: 403 }, false, code);
    const inner = field(error, "StatusCode");
    const status = response.status < 500 && typeof inner === "number" ? inner : response.status;
    const accepted = field(message, "Status") === "success";
    return byCode(codes, code) ?? byStatus({ ...response, status }, accepted, code);
  },
};

export { mailjet as vendor };

export const about: About = {
  title: "Mailjet",
  idempotency: "none",
  accepted: "2xx with `Messages[0].Status` `success`",
  recipientRefused: "`mj-0006`, `mj-0011`, `mj-0012`, `mj-0013`; other 4xx, also inside a 200",
  accountFault:
    "`mj-0001` to `mj-0005`, `mj-0015`, `send-0006` to `send-0008`; errors in `From` or `ReplyTo`; 401 to 404",
  notSent: "408, 425, 429, 5xx; any other 2xx",
};
