import {
  byCode,
  byRefusal,
  byStatus,
  codeText,
  field,
  recipientVerdict,
  withoutAddresses,
} from "../verdict.ts";
import { namesParameter } from "../parameter.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { jsonPost, mailbox } from "../request.ts";

export const settings = {
  serverToken: {
    type: "secret",
    description: "Server API token of the Postmark server that sends.",
  },
  messageStream: {
    type: "text",
    default: "outbound",
    description: "Message stream; passcodes belong in a transactional one.",
  },
} as const satisfies SettingsSpec;

// `ErrorCode` stands in the body of every answer, 0 for accepted. Source:
// https://postmarkapp.com/developer/api/overview#error-codes. What is not listed is the account's:
// tokens, signatures, streams, credit, approval.
const codes = { recipient_refused: [406], not_sent: [100, 429] };

// 300 is any invalid request, so the field that its text names decides, e.g. "Error parsing 'To':
// Illegal email domain". Source: https://postmarkapp.com/support/article/1180-what-does-errorcode-300-mean
// and https://postmarkapp.com/support/article/troubleshooting-422-unprocessable-entity-errors.
const blamesRecipient = (text: unknown) =>
  namesParameter(withoutAddresses(text), "to") ||
  /\b(?:zero|no) recipients\b/i.test(withoutAddresses(text));

const postmark: EmailVendor<typeof settings> = {
  name: "postmark",
  idempotent: false,

  request: ({ message, settings, secrets, key }) =>
    jsonPost(
      "https://api.postmarkapp.com/email",
      { "x-postmark-server-token": secrets.serverToken },
      {
        From: mailbox(message.from),
        To: message.to,
        Subject: message.subject,
        HtmlBody: message.html,
        TextBody: message.text,
        MessageStream: settings.messageStream,
        Tag: message.messageType,
        TrackOpens: false,
        TrackLinks: "None",
        ReplyTo: message.replyTo && mailbox(message.replyTo),
        Metadata: { ref: key },
      },
    ),

  verdict(response) {
    const code = codeText(field(response.json, "ErrorCode"));
    if (code === undefined || code === "0") return byStatus(response, code === "0");
    const text = field(response.json, "Message");
    if (code === "300" && blamesRecipient(text)) return recipientVerdict(text, code);
    return byCode(codes, code) ?? byRefusal(response, code);
  },
};

export { postmark as vendor };

export const about: About = {
  title: "Postmark",
  idempotency: "none",
  accepted: "2xx with `ErrorCode` 0",
  recipientRefused: "`ErrorCode` 406 (inactive); 300 if its text names `To`",
  destinationRefused: "300 for a local part beyond ASCII",
  accountFault:
    "every other `ErrorCode`: 300 for `From`, `ReplyTo`, metadata and the like, 10, 400, 401, 402, 403, 405, 412, 413, 1235, 1236; every other 4xx",
  notSent: "`ErrorCode` 100, 429; 408, 425, 429, 5xx",
};
