import { vendor as postmark, settings } from "../../../../actions/vendors/email/postmark.ts";
import type { EmailMessage } from "../../../../actions/delivery/message.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { email, key } from "../messages.ts";

const { credentials } = captured("email/postmark");
const send = (message: EmailMessage) =>
  postmark.request({
    message,
    settings: { messageStream: settings.messageStream.default },
    secrets: { serverToken: credentials["serverToken"] ?? "" },
    key,
    now: 0,
    token: "",
  });

const always = {
  "body.Tag": "the message type is always told",
  "body.TrackOpens": "tracking is always off: it leaks codes",
  "body.TrackLinks": "tracking is always off: it breaks links",
  "body.Metadata.ref": "the key is always told, to find a message in Postmark's activity",
};

equalsSdk("email/postmark", {
  A: { request: () => send(email()), differences: always },
  "A+options": {
    request: () => send(email({ replyTo: { address: "help@example.com" } })),
  },
});

const no = (status: number, ErrorCode: number | string, Message = "m") =>
  answer(status, { ErrorCode, Message });

// Source of the codes: https://postmarkapp.com/developer/api/overview#error-codes; of the texts of 300:
// https://postmarkapp.com/support/article/1180-what-does-errorcode-300-mean and public reports.
givesVerdicts(postmark, [
  ["accepted", answer(200, { ErrorCode: 0, MessageID: "m", Message: "OK" }), "accepted"],
  ["an empty 200", answer(200), "unknown"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "unknown"],
  ["a 200 that says no", no(200, 406), { kind: "recipient_refused", code: "406" }],
  ["a 200 that says no by another code", no(200, 412), { kind: "account_fault", code: "412" }],
  ["inactive recipient", no(422, 406), { kind: "recipient_refused", code: "406" }],
  ["a code as text", no(422, "406"), { kind: "recipient_refused", code: "406" }],
  ...[
    "Invalid 'To' address: 'jo@example'.",
    "Error parsing 'To': Illegal email domain 'example.com>' in address 'jo <jo@example.com>'",
    "Zero recipients specified",
  ].map((text) => [text, no(422, 300, text), { kind: "recipient_refused", code: "300" }] as const),
  [
    "a local part beyond ASCII",
    no(422, 300, "Invalid 'To' address: 'dån@example.org'."),
    "destination_refused",
  ],
  ...[
    "Invalid 'From' address: 'login@example'.",
    "Invalid 'From' address: 'to@example.com' is not a verified sender signature.",
    "Error parsing 'ReplyTo': Illegal email domain",
    "Error parsing 'Reply-To': Illegal email domain",
    "Invalid metadata content. Field names are limited to 20 characters",
    "The message stream 'otp' is not allowed to send to this address",
    "m",
  ].map((text) => [text, no(422, 300, text), { kind: "account_fault", code: "300" }] as const),
  ["bad token", no(401, 10), { kind: "account_fault", code: "10" }],
  ["unknown sender", no(422, 400), { kind: "account_fault", code: "400" }],
  ["unconfirmed sender", no(422, 401), { kind: "account_fault", code: "401" }],
  ["invalid JSON", no(422, 402), { kind: "account_fault", code: "402" }],
  ["incompatible JSON", no(422, 403), { kind: "account_fault", code: "403" }],
  ["out of credit", no(422, 405), { kind: "account_fault", code: "405" }],
  ["account pending", no(422, 412), { kind: "account_fault", code: "412" }],
  ["account may not send", no(422, 413), { kind: "account_fault", code: "413" }],
  ["no such stream", no(422, 1235), { kind: "account_fault", code: "1235" }],
  ["archived stream", no(422, 1236), { kind: "account_fault", code: "1236" }],
  ["an unknown code", no(422, 999), { kind: "account_fault", code: "999" }],
  ["maintenance", no(422, 100), { kind: "not_sent", code: "100" }],
  ["rate limited", no(422, 429), { kind: "not_sent", code: "429" }],
]);
