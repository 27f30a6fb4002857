import { expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import { vendor as plivo, settings as spec } from "../../../../actions/vendors/phone/plivo.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
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

it.each([
  [1, 5],
  [180, 180],
  [86_400, 10_800],
  [undefined, undefined],
])("asks for a lifetime of %s as %s, within what Plivo takes", async (lifetimeS, expected) => {
  const { body } = await send(phone({ lifetimeS }));
  expect((JSON.parse(body) as { message_expiry?: number }).message_expiry).toBe(expected);
});

it("accepts the authentication IDs of accounts and subaccounts", () => {
  const whole = new RegExp(`^(?:${spec.authId.pattern})$`);
  expect(credentials["authId"]).toMatch(whole);
  expect("SAXXXXXXXXXXXXXXXXXX").toMatch(whole);
  expect("MA1").not.toMatch(whole);
});

const no = (status: number, error: unknown, rest: object = {}) =>
  answer(status, { api_id: "a", error, ...rest });

// Source: https://www.plivo.com/docs/messaging/api/overview, the error codes of messages
// (https://www.plivo.com/docs/messaging/troubleshooting/error-codes) and the geo permission error of
// its SDK (403). The words of the sentences are unverified; what they do not say is the account's fault.
givesVerdicts(plivo, [
  [
    "accepted",
    answer(202, { api_id: "a", message: "message(s) queued", message_uuid: ["u"] }),
    { kind: "accepted" },
  ],
  ...allMean("unknown", {
    "an empty 202": answer(202),
    "HTML in a 200": answer(200, "<html>"),
    "a 202 without a message": answer(202, { api_id: "a", message_uuid: [] }),
  }),
  [
    "a 202 that says no",
    answer(202, { message_uuid: [], invalid_number: ["+1"] }),
    { kind: "recipient_refused", code: "invalid_number" },
  ],
  ["a wrong number", no(400, "dst is not valid"), { kind: "recipient_refused", code: "dst" }],
  ...allMean("recipient_refused", {
    "a wrong number, named otherwise": no(400, "Invalid 'dst' parameter"),
    "a wrong number as a member": no(400, { dst: "…" }),
    "opted out": no(400, "The destination has opted out of messages"),
    "an invalid destination by its code": no(400, "Invalid Destination Number", { error_code: 50 }),
    "blocked for SMS pumping": no(400, "blocked", { error_code: "451" }),
  }),
  ["a country that is not enabled", no(403, "…"), { kind: "destination_refused", code: "country" }],
  ...allMean("destination_refused", {
    "geo permissions in words": no(
      400,
      "Geo permission is not enabled for the destination country",
    ),
    "a barred country by its code": no(400, "Destination Country Barred", { error_code: 450 }),
  }),
  ["a wrong sender", no(400, "src is not valid"), { kind: "account_fault", code: "src" }],
  ["no credit", no(400, "Insufficient Credit"), { kind: "account_fault", code: "account" }],
  ...allMean("account_fault", {
    "a sender of another account": no(403, "The src number does not belong to your account"),
    "the sender as recipient": no(400, "src and dst must not be the same: src is invalid"),
    "an account that is suspended": no(403, "Account suspended"),
    "a trial account": no(403, "Trial accounts can only send to verified numbers"),
    "a wrong sender as a member": no(400, { src: "…" }),
    "an invalid source by its code": no(400, "Invalid Source Number", { error_code: 40 }),
    "no credit by its code": no(402, "Insufficient Credit", { error_code: 900 }),
    "bad credentials": no(401, "…"),
    "a wrong account": no(404, "not found"),
    "a sentence that names nothing": no(400, "bad request"),
  }),
]);
