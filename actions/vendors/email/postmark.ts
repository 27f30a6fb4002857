import { byCode, byStatus, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { jsonPost, mailbox } from "../request.ts";

export const settings = {
  /** Server API token of the Postmark server that sends. */
  serverToken: { type: "secret" },
  /** Message stream; passcodes belong in a transactional one. */
  messageStream: { type: "text", default: "outbound" },
} as const satisfies SettingsSpec;

// Postmark's `ErrorCode` stands in the body of every answer, 0 for accepted; the meanings are those
// of its API error code list.
const codes = {
  recipient_refused: [300, 406],
  account_fault: [10, 400, 401, 405, 412],
  not_sent: [100, 429],
};

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
    const code = field(response.json, "ErrorCode");
    return byCode(codes, code) ?? byStatus(response, code === 0, code === 0 ? undefined : code);
  },
};

export { postmark as vendor };

export const about: About = {
  title: "Postmark",
  idempotency: "none",
  accepted: "2xx with `ErrorCode` 0",
  recipientRefused: "`ErrorCode` 300, 406; other 4xx",
  accountFault: "`ErrorCode` 10, 400, 401, 405, 412; 401 to 404",
  notSent: "`ErrorCode` 100, 429; 408, 425, 429, 5xx; a 2xx without `ErrorCode`",
};
