import { expect, it } from "vitest";
import type { EmailMessage } from "../../../../actions/delivery/message.ts";
import { vendor as customerio } from "../../../../actions/vendors/email/customerio.ts";
import type { HttpRequest } from "../../../../actions/vendors/vendor.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { awkward, email, key } from "../messages.ts";

const { credentials } = captured("email/customerio");
const send = (
  message: EmailMessage,
  settings: { region?: "eu"; transactionalMessageId?: string } = {},
) =>
  customerio.request({
    message,
    settings: { region: "us", ...settings },
    secrets: { appApiKey: credentials["appKey"] ?? "" },
    key,
    now: 0,
    token: "",
  }) as HttpRequest;

const always = {
  "body.disable_message_retention": "the content holds a code: it is not kept",
  "body.send_to_unsubscribed": "who wants no newsletters still wants to log in",
  "body.tracked": "tracking is always off: it breaks links and leaks codes",
};
const offered = "the template may show it or choose by it";

equalsSdk("email/customerio", {
  A: { request: () => send(email()), differences: always },
  "A+options": { request: () => send(email({ replyTo: { address: "help@example.com" } })) },
  "A+eu": { request: () => send(email(), { region: "eu" }), differences: always },
  "A+template": {
    request: () => send(email(), { transactionalMessageId: "otp" }),
    differences: {
      ...always,
      "body.message_data.subject": offered,
      "body.message_data.text": offered,
      "body.message_data.html": offered,
      "body.message_data.message_type": offered,
    },
  },
});

it("quotes names with specials and keeps subjects and content as they are", () => {
  const body: unknown = JSON.parse(send(email(awkward)).body);
  expect(body).toMatchObject({
    from: '"Zoë \\"Ops\\" Müller, Beispiel GmbH" <login@example.com>',
    reply_to: '"Hilfe; Büro <Süd>" <help@example.com>',
    subject: awkward.subject,
    body: awkward.html,
    body_plain: awkward.text,
  });
  expect(body).not.toHaveProperty("transactional_message_id");
});

it("leaves the sender to the template and tells it the language", () => {
  const request = send(email(awkward), { transactionalMessageId: "otp" });
  const body: unknown = JSON.parse(request.body);
  expect(body).toMatchObject({ language: "de-AT", message_data: { code: "987654" } });
  expect(body).not.toHaveProperty("from");
  expect(body).not.toHaveProperty("body");
});

const refused = (error: string) => ({ meta: { error } });

// Source: "Common transactional API errors" of Customer.io's documentation.
givesVerdicts(customerio, [
  ["accepted", answer(200, { delivery_id: "A1C2", queued_at: 1604977406 }), { kind: "accepted" }],
  ["an empty 200", answer(200), "unknown"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "unknown"],
  ["a 200 without an ID", answer(200, { delivery_id: "" }), "unknown"],
  ...[
    "identifiers required",
    "Missing required field: to",
    '"to" is not a valid email address',
    "“to” address is invalid",
    "Invalid email address",
    "Missing required field: subject",
  ].map((text) => [text, answer(400, refused(text)), { kind: "recipient_refused" }] as const),
  [
    "an error in a list",
    answer(400, { meta: { errors: ["Missing required field: to"] } }),
    "recipient_refused",
  ],
  [
    "a local part beyond ASCII",
    answer(400, refused('"to" address dån@example.org is invalid')),
    "destination_refused",
  ],
  ...[
    '"from" address domain has not been verified.',
    "“from” address domain has not been verified.",
    '"transactional_message_id" not found.',
    '"from" is not a valid email address',
    '"reply_to" is not a valid email address',
    "Request entity must be JSON encoded and not exceed 2048 KB.",
    "transactional message has not been activated",
  ].map((text) => [text, answer(400, refused(text)), { kind: "account_fault" }] as const),
  ["a 400 without a body", answer(400), "account_fault"],
  ["bad key", answer(401, refused("Unauthorized request")), { kind: "account_fault" }],
  ["not yet approved", answer(403, refused("Account is not yet approved")), "account_fault"],
  [
    "owner not confirmed",
    answer(403, refused("Account owner’s email address is not confirmed.")),
    "account_fault",
  ],
  ["do not send", answer(403, refused("Workspace is set to “Do Not Send.”")), "account_fault"],
]);
