import { expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import {
  vendor as clicksend,
  settings as spec,
} from "../../../../actions/vendors/phone/clicksend.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
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

const status = (code: string) =>
  answer(200, {
    http_code: 200,
    response_code: "SUCCESS",
    data: { messages: [{ status: code }] },
  });
const whole = (http: number, code: string) =>
  answer(http, { http_code: http, response_code: code, data: null });

// Source of the codes: https://developers.clicksend.com/docs/#application-status-codes and ClickSend's
// help centre; the rest is unverified, see the table in the vendor's file.
givesVerdicts(clicksend, [
  ["accepted", status("SUCCESS"), { kind: "accepted" }],
  ...allMean("unknown", {
    "an empty 200": answer(200),
    "HTML in a 200": answer(200, "<html>"),
    "a 200 without messages": answer(200, {
      http_code: 200,
      response_code: "SUCCESS",
      data: { messages: [] },
    }),
  }),
  [
    "an invalid number",
    status("INVALID_RECIPIENT"),
    { kind: "recipient_refused", code: "INVALID_RECIPIENT" },
  ],
  ...allMean("recipient_refused", {
    "an empty text": status("EMPTY_MESSAGE"),
    "opted out": status("OPTED_OUT"),
  }),
  [
    "a country that is not enabled",
    status("COUNTRY_NOT_ENABLED"),
    { kind: "destination_refused", code: "COUNTRY_NOT_ENABLED" },
  ],
  ...["ACCOUNT_NOT_ACTIVATED", "INSUFFICIENT_CREDIT", "INVALID_LANG", "INVALID_SENDER_ID"].map(
    (code) => [code, status(code), { kind: "account_fault", code }] as const,
  ),
  ...allMean("account_fault", {
    "missing fields": status("MISSING_REQUIRED_FIELDS"),
    "a status that ClickSend does not document": status("AN_UNKNOWN_STATUS"),
    "a bad request": whole(400, "BAD_REQUEST"),
    "no credit": whole(402, "INSUFFICIENT_CREDIT"),
  }),
  ["bad credentials", whole(401, "UNAUTHORIZED"), { kind: "account_fault", code: "UNAUTHORIZED" }],
  ...allMean("not_sent", {
    throttled: status("THROTTLED"),
    "an internal error": status("INTERNAL_ERROR"),
    "rate limited": whole(429, "TOOMANYREQUESTS"),
  }),
]);
