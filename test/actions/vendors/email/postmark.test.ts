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

// Source of the codes: Postmark's API error code list.
givesVerdicts(postmark, [
  ["accepted", answer(200, { ErrorCode: 0, MessageID: "m", Message: "OK" }), "accepted"],
  [
    "a 200 that says no",
    answer(200, { ErrorCode: 406 }),
    { kind: "recipient_refused", code: "406" },
  ],
  ["an empty 200", answer(200), "not_sent"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "not_sent"],
  [
    "invalid e-mail request",
    answer(422, { ErrorCode: 300 }),
    { kind: "recipient_refused", code: "300" },
  ],
  [
    "inactive recipient",
    answer(422, { ErrorCode: 406 }),
    { kind: "recipient_refused", code: "406" },
  ],
  ["bad token", answer(401, { ErrorCode: 10 }), { kind: "account_fault", code: "10" }],
  ["unknown sender", answer(422, { ErrorCode: 400 }), { kind: "account_fault", code: "400" }],
  ["unconfirmed sender", answer(422, { ErrorCode: 401 }), { kind: "account_fault", code: "401" }],
  ["out of credit", answer(422, { ErrorCode: 405 }), { kind: "account_fault", code: "405" }],
  ["account pending", answer(422, { ErrorCode: 412 }), { kind: "account_fault", code: "412" }],
  ["maintenance", answer(422, { ErrorCode: 100 }), { kind: "not_sent", code: "100" }],
  ["an unknown code", answer(422, { ErrorCode: 999 }), { kind: "recipient_refused", code: "999" }],
]);
