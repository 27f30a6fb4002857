import { expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import { settings as spec, vendor as sinch } from "../../../../actions/vendors/phone/sinch.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import type { HttpRequest } from "../../../../actions/vendors/vendor.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
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
const german0 = { ...german, medium: "voice", locale: "de" } as const;

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

const sms = (status: number, code: string, text = "…") => answer(status, { code, text });
const call = (status: number, errorCode: number | string, message = "…") =>
  answer(status, { status: `${String(status)} no`, errorCode, message, reference: "r" });
const format = "syntax_invalid_parameter_format";
const constraint = "syntax_constraint_violation";

// Source of the codes: https://developers.sinch.com/docs/sms/api-reference/status-codes/ and
// https://developers.sinch.com/docs/voice/api-reference/errors/.
givesVerdicts(sinch, [
  ["accepted", answer(201, { id: "01FC", to: ["+1"], canceled: false }), { kind: "accepted" }],
  ["an accepted call", answer(200, { callId: "1f" }), { kind: "accepted" }],
  ...allMean("unknown", { "an empty 201": answer(201), "HTML in a 200": answer(200, "<html>") }),
  ["an invalid number", sms(400, format), { kind: "recipient_refused", code: format }],
  ...allMean("recipient_refused", {
    "an invalid number that is named": sms(400, format, "Invalid MSISDN in 'to'"),
    "no recipients": sms(400, constraint, "'to' must not be empty"),
    "a text that is too long": sms(400, constraint, "The 'body' field is too long"),
    "a number without plus": call(400, 40005),
    "a code as text": call(400, "40005"),
    "an invalid number of a call": call(400, 40001, "Invalid parameter: destination"),
  }),
  ...allMean("account_fault", {
    "an invalid sender": sms(400, format, "Invalid parameter 'from'"),
    "an invalid lifetime": sms(400, format, "Invalid parameter: expire_at"),
    "a missing sender": sms(400, constraint, "…"),
    "invalid JSON": sms(400, "syntax_invalid_json"),
    "a sender without campaign": sms(403, "unknown_campaign"),
    "a report without URL": sms(403, "missing_callback_url"),
    "an invalid call": call(400, 40001),
    "an invalid CLI": call(400, 40001, "Invalid parameter: cli"),
    "a call without CLI": call(400, 40002),
    "a wrong application": call(400, 40004),
    "no credit for calls": call(402, 40200),
    "calls are not allowed": call(403, 40300),
    "a wrong service plan": answer(404),
    "an unknown code": sms(400, "new"),
  }),
]);

it.each([
  [undefined, "en-US"],
  ["de", "de-DE"],
  ["zh-Hans", "cmn-CN"],
  ["ar-AE", "arb"],
  ["de-DE,de;q=0.9", "de-DE"],
  ["xx", "en-US"],
])("has a call in %s read in %s", async (locale, expected) => {
  const { body } = await send(phone({ medium: "voice", locale }));
  expect(JSON.parse(body)).toMatchObject({ ttsCallout: { locale: expected } });
});

it("keeps a message for 3 days at most, and one without a code for as long as Sinch does", async () => {
  const now = Date.parse("2026-01-02T00:00:00.000Z");
  const expires = async (lifetimeS?: number) =>
    (JSON.parse((await send(phone({ lifetimeS }), {}, now)).body) as { expire_at?: string })
      .expire_at;
  expect(await expires(180)).toBe("2026-01-02T00:03:00.000Z");
  expect(await expires(1_000_000)).toBe("2026-01-05T00:00:00.000Z");
  expect(await expires()).toBeUndefined();
});
