import { expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import { vendor as plivo, settings as spec } from "../../../../actions/vendors/phone/plivo.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone } from "../messages.ts";

const { credentials } = captured("phone/plivo");
const send = (message: PhoneMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  plivo.request({
    message,
    settings: { authId: credentials["authId"] ?? "", log: spec.log.default, ...settings },
    secrets: { authToken: credentials["authToken"] ?? "" },
    key,
    now: 0,
    token: "",
  });

const always = {
  "body.type": "a passcode is never turned into an MMS",
  "body.log": "Plivo keeps no text that holds a code, unless it is asked to",
  "body.message_expiry": "a code that waits past its lifetime is never sent",
};

equalsSdk(
  "phone/plivo",
  {
    A: { request: () => send(phone()), differences: always },
    "A+name": { request: () => send(phone({ from: "Example" })), differences: always },
    "A+options": { request: () => send(phone()) },
  },
  { omitted: { voice: "Plivo reads what it says from a URL that would have to be hosted" } },
);

it("sends text beyond GSM-7 and an origin-bound last line as they are", async () => {
  const { body } = await send(phone(german));
  expect(JSON.parse(body)).toMatchObject({ dst: german.to, src: german.from, text: german.text });
});

it("keeps a log of numbers where it is asked to", async () => {
  const { body } = await send(phone(), { log: "number_only" });
  expect(JSON.parse(body)).toMatchObject({ log: "number_only" });
});

it("accepts the authentication IDs of accounts and subaccounts", () => {
  const whole = new RegExp(`^(?:${spec.authId.pattern})$`);
  expect(credentials["authId"]).toMatch(whole);
  expect("SAXXXXXXXXXXXXXXXXXX").toMatch(whole);
  expect("MA1").not.toMatch(whole);
});

// Source: the status codes of Plivo's "API overview" and the geo permission error of its SDK
// (403). "Insufficient Credit" is from its support pages. That a wrong sender is named `src` in the
// sentence is unverified; the safe side is the next vendor.
givesVerdicts(plivo, [
  [
    "accepted",
    answer(202, { api_id: "a", message: "message(s) queued", message_uuid: ["u"] }),
    { kind: "accepted" },
  ],
  ["an empty 202", answer(202), "not_sent"],
  ["HTML in a 200", answer(200, "<html>"), "not_sent"],
  ["a 202 without a message", answer(202, { api_id: "a", message_uuid: [] }), "not_sent"],
  [
    "a 202 that says no",
    answer(202, { message_uuid: [], invalid_number: ["+1"] }),
    { kind: "recipient_refused", code: "invalid_number" },
  ],
  [
    "a wrong number",
    answer(400, { api_id: "a", error: "dst is not valid" }),
    { kind: "recipient_refused" },
  ],
  [
    "a wrong sender",
    answer(400, { api_id: "a", error: "src is not valid" }),
    { kind: "account_fault", code: "src" },
  ],
  [
    "no credit",
    answer(400, { api_id: "a", error: "Insufficient Credit" }),
    { kind: "account_fault", code: "credit" },
  ],
  ["a country that is not enabled", answer(403, { error: "…" }), { kind: "account_fault" }],
  ["bad credentials", answer(401, { error: "…" }), { kind: "account_fault" }],
  ["a wrong account", answer(404, { error: "not found" }), { kind: "account_fault" }],
  [
    "an error that is no sentence",
    answer(400, { error: { dst: "…" } }),
    { kind: "recipient_refused" },
  ],
]);
