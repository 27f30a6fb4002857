import { expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import {
  vendor as clicksend,
  settings as spec,
} from "../../../../actions/vendors/phone/clicksend.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone } from "../messages.ts";

const { credentials } = captured("phone/clicksend");
const send = (message: PhoneMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  clicksend.request({
    message,
    settings: {
      username: credentials["username"] ?? "",
      country: spec.country.default,
      ...settings,
    },
    secrets: { apiKey: credentials["apiKey"] ?? "" },
    key,
    now: 0,
    token: "",
  });

const always = {
  "body.messages.0.custom_string":
    "the key is always told, to find a message in ClickSend's reports",
};

equalsSdk("phone/clicksend", {
  A: { request: () => send(phone()), differences: always },
  "A+name": { request: () => send(phone({ from: "Example" })), differences: always },
  "A+options": { request: () => send(phone(), { source: "example" }) },
  voice: { request: () => send(phone({ medium: "voice" }), { source: "example" }) },
});

it("sends text beyond GSM-7 and an origin-bound last line as they are", async () => {
  const { body } = await send(phone(german));
  expect(JSON.parse(body)).toMatchObject({
    messages: [{ to: german.to, from: german.from, body: german.text }],
  });
});

it.each([
  ["de-AT", { lang: "de-de", voice: "female" }],
  ["pt", { lang: "pt-br", voice: "female" }],
  ["pt-PT", { lang: "pt-pt", voice: "male" }],
  ["no", { lang: "nb-no", voice: "female" }],
  ["ja", { lang: "en-us", voice: "female" }],
])("speaks %s with a voice that ClickSend has", async (locale, expected) => {
  const call = phone({ ...german, medium: "voice", locale });
  const { body } = await send(call, { country: "DE" });
  expect(JSON.parse(body)).toMatchObject({
    messages: [{ to: german.to, body: german.text, country: "DE", ...expected }],
  });
});

const status = (code: string) => ({
  http_code: 200,
  response_code: "SUCCESS",
  data: { messages: [{ status: code }] },
});
const rows = (kind: "recipient_refused" | "account_fault" | "not_sent", ...codes: string[]) =>
  codes.map((code) => [code, answer(200, status(code)), { kind, code }] as const);

// Source of the codes: ClickSend's help centre (application status codes) and status codes of its
// reference; the rest is unverified, see the table in the vendor's file.
givesVerdicts(clicksend, [
  ["accepted", answer(200, status("SUCCESS")), { kind: "accepted" }],
  ["an empty 200", answer(200), "not_sent"],
  ["HTML in a 200", answer(200, "<html>"), "not_sent"],
  [
    "a 200 without messages",
    answer(200, { http_code: 200, response_code: "SUCCESS", data: { messages: [] } }),
    "not_sent",
  ],
  ...rows("recipient_refused", "INVALID_RECIPIENT", "EMPTY_MESSAGE"),
  ...rows(
    "account_fault",
    "ACCOUNT_NOT_ACTIVATED",
    "COUNTRY_NOT_ENABLED",
    "INSUFFICIENT_CREDIT",
    "INVALID_LANG",
    "INVALID_SENDER_ID",
    "MISSING_REQUIRED_FIELDS",
  ),
  ...rows("not_sent", "THROTTLED", "AN_UNKNOWN_STATUS"),
  [
    "bad credentials",
    answer(401, { http_code: 401, response_code: "UNAUTHORIZED", data: null }),
    { kind: "account_fault", code: "UNAUTHORIZED" },
  ],
  [
    "a bad request",
    answer(400, { http_code: 400, response_code: "BAD_REQUEST", data: null }),
    { kind: "account_fault", code: "BAD_REQUEST" },
  ],
  [
    "rate limited",
    answer(429, { http_code: 429, response_code: "TOOMANYREQUESTS" }),
    { kind: "not_sent", code: "TOOMANYREQUESTS" },
  ],
]);
