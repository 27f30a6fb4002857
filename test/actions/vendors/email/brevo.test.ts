import { describe, expect, it } from "vitest";
import type { EmailMessage } from "../../../../actions/delivery/message.ts";
import { vendor as brevo } from "../../../../actions/vendors/email/brevo.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { email, hardEmail } from "../messages.ts";

const { credentials } = captured("email/brevo");
const send = (message: EmailMessage, key = "idem-0001") =>
  brevo.request({
    message,
    settings: {},
    secrets: { apiKey: credentials["apiKey"] ?? "" },
    key,
    now: 0,
    token: "",
  });

const tag = { "body.tags.0": "the message type is always told" };
const idempotencyKey = { "body.headers.idempotencyKey": "always sent: it stops duplicates" };

equalsSdk("email/brevo", {
  A: { request: () => send(email()), differences: { ...tag, ...idempotencyKey } },
  "A+options": { request: () => send(email({ replyTo: { address: "help@example.com" } })) },
  "A+Idempotency-Key": {
    request: () => send(email()),
    differences: {
      ...tag,
      ...idempotencyKey,
      "body.headers.Idempotency-Key": "Brevo's guide on idempotency has the other spelling",
    },
  },
});

describe("brevo", () => {
  it("carries hard input unchanged", async () => {
    expect(JSON.parse((await send(hardEmail)).body)).toMatchObject({
      sender: { name: hardEmail.from.name, email: hardEmail.from.address },
      to: [{ email: hardEmail.to }],
      replyTo: { name: "Hilfe, Ä.", email: "help@example.com" },
      subject: hardEmail.subject,
      htmlContent: hardEmail.html,
      textContent: hardEmail.text,
    });
  });
  it("sends the key in the shape of a UUID, which Brevo demands", async () => {
    const { body } = await send(email(), "0123456789abcdef0123456789abcdef");
    expect(JSON.parse(body)).toHaveProperty(
      "headers.idempotencyKey",
      "01234567-89ab-4def-a123-456789abcdef",
    );
  });
});

// Source of the codes: the types of Brevo's SDK; of `duplicate_parameter`: its guide on idempotency.
const error = (status: number, code: string, message = "x") => answer(status, { code, message });
givesVerdicts(brevo, [
  ["accepted", answer(201, { messageId: "<1@smtp-relay>" }), { kind: "accepted" }],
  ["a 200 that says no", error(200, "invalid_parameter"), "unknown"],
  ["an empty 201", answer(201), "unknown"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "unknown"],
  ...(
    [
      ["invalid_parameter", "email is not valid in to"],
      ["missing_parameter", "email is missing in to"],
      ["missing_parameter", "to is missing"],
      ["INVALID_PARAMETER", "unexpected recipients: want atleast 1, got 0"],
      ["missing_parameter", "subject is missing"],
      ["missing_parameter", "htmlContent is missing"],
    ] as const
  ).map(([code, text]) => [text, error(400, code, text), "recipient_refused"] as const),
  [
    "a local part beyond ASCII",
    error(400, "invalid_parameter", "email dån@example.org is not valid in to"),
    "destination_refused",
  ],
  ...(
    [
      ["invalid_parameter", "valid sender email address is required"],
      ["invalid_parameter", "Sending has been rejected because the sender you used is not valid."],
      ["missing_parameter", "sender is missing"],
      ["missing_parameter", "replyTo is missing"],
      ["invalid_parameter", "email is not valid in replyTo"],
      ["invalid_parameter", "tags is not valid"],
      ["UNAUTHORIZED", "We have detected you are using an unrecognised IP address"],
      ["account_under_validation", "You cannot send to these recipients: account not validated"],
    ] as const
  ).map(([code, text]) => [text, error(400, code, text), { kind: "account_fault", code }] as const),
  ["402 without a body", answer(402), "account_fault"],
  ...(
    [
      [400, "duplicate_parameter", "accepted"],
      [400, "invalid_parameter", "account_fault"],
      [400, "missing_parameter", "account_fault"],
      [400, "out_of_range", "account_fault"],
      [401, "unauthorized", "account_fault"],
      [402, "not_enough_credits", "account_fault"],
      [400, "not_enough_credits", "account_fault"],
      [403, "permission_denied", "account_fault"],
      [400, "account_under_validation", "account_fault"],
      [405, "method_not_allowed", "account_fault"],
      [400, "duplicate_request", "not_sent"],
      [429, "too_many_requests", "not_sent"],
      [406, "not_acceptable", "account_fault"],
      [400, "bad_request", "account_fault"],
    ] as const
  ).map(
    ([status, code, kind]) =>
      [`${String(status)} ${code}`, error(status, code), { kind, code }] as const,
  ),
]);
