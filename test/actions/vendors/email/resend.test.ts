import { describe, expect, it } from "vitest";
import type { EmailMessage } from "../../../../actions/delivery/message.ts";
import { vendor as resend } from "../../../../actions/vendors/email/resend.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { email, hardEmail, key } from "../messages.ts";

const { credentials } = captured("email/resend");
const send = (message: EmailMessage, idempotencyKey = "idem-0001") =>
  resend.request({
    message,
    settings: {},
    secrets: { apiKey: credentials["apiKey"] ?? "" },
    key: idempotencyKey,
    now: 0,
    token: "",
  });

const type = {
  "body.tags.1.name": "the message type is always told",
  "body.tags.1.value": "the message type is always told",
};
const always = {
  ...type,
  "body.tags.0.name": "the key is always told, to find a message in Resend's log",
  "body.tags.0.value": "the key is always told, to find a message in Resend's log",
  "body.headers.X-Entity-Ref-ID": "always sent, so that Gmail does not fold codes into a thread",
};

equalsSdk("email/resend", {
  A: { request: () => send(email()), differences: always },
  "A+noIdempotency": {
    request: () => send(email()),
    differences: { ...always, "headers.idempotency-key": "always sent: it stops duplicates" },
  },
  "A+options": {
    request: () => send(email({ replyTo: { address: "help@example.com" } }), key),
    differences: {
      ...type,
      "headers.idempotency-key": "one key is reference and idempotency key; the capture has two",
    },
  },
});

describe("resend", () => {
  it("carries hard input unchanged, with names quoted as addresses demand", async () => {
    const body: unknown = JSON.parse((await send(hardEmail)).body);
    expect(body).toMatchObject({
      from: '"Müller \\"Konto\\", 日本 & Söhne" <login@xn--mller-kva.example>',
      to: hardEmail.to,
      reply_to: '"Hilfe, Ä." <help@example.com>',
      subject: hardEmail.subject,
      html: hardEmail.html,
      text: hardEmail.text,
    });
  });
  it("keeps characters out of a tag that would make Resend refuse the message", async () => {
    const { body } = await send(email({ messageType: "otp.verify é" }));
    expect(JSON.parse(body)).toHaveProperty("tags.1.value", "otp_verify__");
  });
});

// Source of the names and texts: https://resend.com/docs/api-reference/errors.
const error = (status: number, name: string, message = "x") =>
  answer(status, { statusCode: status, name, message });
givesVerdicts(resend, [
  ["accepted", answer(200, { id: "49a3999c" }), { kind: "accepted" }],
  ["a 200 that says no", error(200, "validation_error"), "unknown"],
  ["an empty 200", answer(200), "unknown"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "unknown"],
  ...[
    "Invalid `to` field. The email address needs to follow the `email@example.com` format.",
    "Invalid `to` field. Please use our testing email address instead of domains like `example.com`.",
    "Missing `to` field.",
    "Missing `subject` field.",
    "Missing `html` or `text` field.",
  ].map((text) => [text, error(422, "validation_error", text), "recipient_refused"] as const),
  [
    "a local part beyond ASCII",
    error(422, "validation_error", "Invalid `to` field: non-ASCII local part."),
    "destination_refused",
  ],
  ["missing recipient", error(422, "missing_required_field", "Missing `to`."), "recipient_refused"],
  ...[
    "Invalid `from` field. The email address needs to follow the `email@example.com` format.",
    "Invalid `reply_to` field.",
    "Invalid `tags` field. Tags should only contain ASCII letters.",
    "x",
  ].map((text) => [text, error(422, "validation_error", text), "account_fault"] as const),
  ["an invalid field of no name", error(400, "validation_error"), "account_fault"],
  [
    "a testing account",
    error(403, "validation_error", "You can only send testing emails to your own email address."),
    "account_fault",
  ],
  [
    "a domain not verified",
    error(403, "validation_error", "The example.com domain is not verified."),
    "account_fault",
  ],
  ...(
    [
      [422, "invalid_attachment", "account_fault"],
      [422, "invalid_parameter", "account_fault"],
      [422, "missing_required_field", "account_fault"],
      [401, "missing_api_key", "account_fault"],
      [401, "restricted_api_key", "account_fault"],
      [403, "invalid_api_key", "account_fault"],
      [422, "invalid_from_address", "account_fault"],
      [422, "invalid_access", "account_fault"],
      [422, "invalid_region", "account_fault"],
      [404, "not_found", "account_fault"],
      [400, "invalid_idempotency_key", "account_fault"],
      [409, "invalid_idempotent_request", "account_fault"],
      [405, "method_not_allowed", "account_fault"],
      [429, "daily_quota_exceeded", "account_fault"],
      [429, "monthly_quota_exceeded", "account_fault"],
      [451, "security_error", "account_fault"],
      [409, "concurrent_idempotent_requests", "not_sent"],
      [429, "rate_limit_exceeded", "not_sent"],
      [500, "application_error", "not_sent"],
      [500, "internal_server_error", "not_sent"],
      [422, "an_unknown_name", "account_fault"],
    ] as const
  ).map(
    ([status, name, kind]) =>
      [`${String(status)} ${name}`, error(status, name), { kind, code: name }] as const,
  ),
]);
