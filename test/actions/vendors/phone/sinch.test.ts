import { expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import { settings as spec, vendor as sinch } from "../../../../actions/vendors/phone/sinch.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import type { HttpRequest } from "../../../../actions/vendors/vendor.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone } from "../messages.ts";

const { credentials, cases } = captured("phone/sinch");
const send = (
  message: PhoneMessage,
  settings: Partial<SettingsOf<typeof spec>> = {},
  now = Date.parse("2026-01-02T03:04:05.000Z"),
) =>
  sinch.request({
    message,
    settings: {
      servicePlanId: credentials["servicePlanId"] ?? "",
      region: spec.region.default,
      applicationKey: credentials["applicationKey"] ?? "",
      ...settings,
    },
    secrets: {
      apiToken: credentials["apiToken"] ?? "",
      applicationSecret: credentials["applicationSecret"] ?? "",
    },
    key,
    now,
    token: "",
  });

const always = {
  "body.client_reference": "the key is always told, to find a message in Sinch's reports",
  "body.expire_at": "a code that waits past its lifetime is never sent",
};
const signed = {
  "headers.authorization": "signed with the time; compared with the captured signature below",
  "headers.x-timestamp": "the time of the call",
};
const german0 = { ...german, channel: "voice", locale: "de" } as const;

equalsSdk(
  "phone/sinch",
  {
    A: { request: () => send(phone()), differences: always },
    "A+name": { request: () => send(phone({ from: "Example" })), differences: always },
    "A+options": { request: () => send(phone(), { deliveryReport: "none" }) },
    "A+region-eu": { request: () => send(phone(), { region: "eu" }), differences: always },
    voice: { request: () => send(phone({ medium: "voice" })), differences: signed },
    "voice-B": { request: () => send(phone(german0)), differences: signed },
  },
  {
    omitted: {
      "A+oauth": "the API token of a service plan does not expire, so no token is fetched",
    },
  },
);

// The SDK's own signatures, made with the clock at the captured time.
it.each([
  ["voice", phone({ medium: "voice" })],
  ["voice-B", phone(german0)],
])("signs the call of case %s as the SDK does", async (name, message) => {
  const theirs = cases.find((one) => one.case === name) as
    { signing?: { vector?: Record<string, string> } } | undefined;
  const vector = theirs?.signing?.vector ?? {};
  const now = Date.parse(vector["x-timestamp"] ?? "");
  const { headers }: HttpRequest = await send(message, {}, now);
  expect(headers["x-timestamp"]).toBe(vector["x-timestamp"]);
  // The signature covers the body's bytes, so it is compared for the SDK's order of members.
  expect(headers["authorization"]).toBe(vector["authorization"]);
});

it("sends text beyond GSM-7 and an origin-bound last line as they are", async () => {
  const { body } = await send(phone(german));
  expect(JSON.parse(body)).toMatchObject({
    to: [german.to],
    from: german.from,
    body: german.text,
  });
});

// Source of the codes: Sinch's references "HTTP Status Codes for the SMS REST API" with its rest error
// codes, and "Errors" of the Voice API.
givesVerdicts(sinch, [
  ["accepted", answer(201, { id: "01FC", to: ["+1"], canceled: false }), { kind: "accepted" }],
  ["an accepted call", answer(200, { callId: "1f" }), { kind: "accepted" }],
  ["an empty 201", answer(201), "not_sent"],
  ["HTML in a 200", answer(200, "<html>"), "not_sent"],
  [
    "an invalid number",
    answer(400, { code: "syntax_invalid_parameter_format", text: "…" }),
    { kind: "recipient_refused", code: "syntax_invalid_parameter_format" },
  ],
  [
    "a missing sender",
    answer(400, { code: "syntax_constraint_violation", text: "…" }),
    { kind: "account_fault", code: "syntax_constraint_violation" },
  ],
  ["invalid JSON", answer(400, { code: "syntax_invalid_json" }), "account_fault"],
  ["a sender without campaign", answer(403, { code: "unknown_campaign" }), "account_fault"],
  ["a report without URL", answer(403, { code: "missing_callback_url" }), "account_fault"],
  [
    "an invalid call",
    answer(400, { errorCode: 40001 }),
    { kind: "recipient_refused", code: "40001" },
  ],
  [
    "a number without plus",
    answer(400, { errorCode: 40005 }),
    { kind: "recipient_refused", code: "40005" },
  ],
  ["a call without CLI", answer(400, { errorCode: 40002 }), "account_fault"],
  ["a wrong application", answer(400, { errorCode: 40004 }), "account_fault"],
  ["no credit for calls", answer(402, { errorCode: 40200 }), "account_fault"],
  ["a wrong service plan", answer(404), "account_fault"],
  ["an unknown code", answer(400, { code: "new" }), { kind: "recipient_refused", code: "new" }],
]);
