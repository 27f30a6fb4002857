import type { Mailbox } from "../../delivery/message.ts";
import {
  byRefusal,
  byStatus,
  codeText,
  field,
  recipientVerdict,
  withoutAddresses,
} from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { basic, jsonPost } from "../request.ts";

export const settings = {
  apiKey: {
    type: "text",
    description: 'API key, the public half, from Mailjet\'s "API key management".',
  },
  apiSecret: { type: "secret", description: "Secret key that belongs to `apiKey`." },
  region: {
    type: "choice",
    of: ["eu", "us"],
    default: "eu",
    description: "`us` for accounts that Mailjet keeps on its American architecture.",
  },
} as const satisfies SettingsSpec;

// An error names the properties that it is about in `ErrorRelatedTo`; these are the recipient's and the
// content's. Source: https://dev.mailjet.com/email/guides/send-api-v31/#send-api-errors. What is too
// long, too large, empty or no address may be unnamed; the rest is the account's.
const blamed = /^(?:Messages\[\d+\]\.)?(?:To(?:\[\d+\])?(?:\.Email)?|Subject|TextPart|HTMLPart)$/;
const unnamed = ["mj-0006", "mj-0011", "mj-0012", "mj-0013", "send-0003"];

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
    if (field(message, "Status") === "success") return byStatus(response, true);
    // Errors of the whole request stand at the top, those of the message inside it.
    const error = field(message, "Errors", 0) ?? response.json;
    const code = codeText(field(error, "ErrorCode"));
    const inner = Number(field(error, "StatusCode"));
    const status = response.status < 500 && inner >= 400 ? inner : response.status;
    const text = codeText(field(error, "ErrorMessage")) ?? "";
    const related = field(error, "ErrorRelatedTo");
    const fields: readonly unknown[] = Array.isArray(related) ? related : [];
    const recipient =
      fields.length > 0 && code !== "send-0003"
        ? fields.every((one) => blamed.test(codeText(one) ?? ""))
        : unnamed.includes(code ?? "") && !/sender|from/i.test(withoutAddresses(text));
    if (recipient && status < 500 && status !== 429 && code !== undefined)
      return recipientVerdict(text, code);
    return field(message, "Errors", 0) === undefined && response.status < 300
      ? byStatus(response, false, code)
      : byRefusal({ ...response, status }, code);
  },
};

export { mailjet as vendor };

export const about: About = {
  title: "Mailjet",
  idempotency: "none",
  accepted: "2xx with `Messages[0].Status` `success`",
  recipientRefused:
    "errors in `To`, `Subject`, `TextPart` or `HTMLPart`; `send-0003`; `mj-0006`, `mj-0011`, `mj-0012` and `mj-0013` that name nothing",
  destinationRefused: "the same for a local part beyond ASCII",
  accountFault:
    "every other error, also inside a 200: in `From` or `ReplyTo`, `mj-0001` to `mj-0005`, `mj-0015`, `send-0006` to `send-0010`; every other 4xx",
  notSent: "408, 425, 429, 5xx, also as the `StatusCode` of an error",
};
