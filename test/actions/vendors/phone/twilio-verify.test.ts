import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/phone/twilio-verify.ts";
import { vendor as twilioVerify } from "../../../../actions/vendors/phone/twilio-verify.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone } from "../messages.ts";

const { credentials } = captured("phone/twilio-verify");
const send = (message: PhoneMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  twilioVerify.request({
    message,
    settings: {
      accountSid: credentials["accountSid"] ?? "",
      serviceSid: credentials["serviceSid"] ?? "",
      ...settings,
    },
    secrets: { authToken: credentials["authToken"] ?? "" },
    key,
    now: 0,
    token: "",
  });
const sent = async (message: PhoneMessage) => new URLSearchParams((await send(message)).body);

equalsSdk("phone/twilio-verify", {
  A: { request: () => send(phone()) },
  "A+options": {
    request: () =>
      send(phone({ locale: "en", ip: "192.0.2.1" }), {
        riskCheck: "enable",
        friendlyName: "Example",
      }),
  },
  voice: { request: () => send(phone({ medium: "voice" })) },
  whatsapp: { request: () => send(phone({ medium: "whatsapp" })) },
});

describe("twilio-verify", () => {
  it.each([
    ["de-DE", "de"],
    ["pt-BR", "pt-BR"],
    ["pt-PT", "pt"],
    ["zh-hk", "zh-HK"],
    ["kw", null],
  ])("asks for the template of locale %s in %s", async (locale, language) => {
    expect((await sent(phone({ locale }))).get("Locale")).toBe(language);
  });

  it("sends a code to another country as it is", async () => {
    const form = await sent(phone(german));
    expect([form.get("To"), form.get("CustomCode")]).toEqual([german.to, german.code]);
  });

  it("lets Twilio make up no code for a message without one", () => {
    const { medium, to, text, lifetimeS } = phone();
    const message = { medium, to, text, lifetimeS, messageType: "blocked_account" };
    expect(() => send(message)).toThrow("expected a message with a code, got blocked_account");
  });
});

const no = (code: number, message = "", status = 400) => answer(status, { code, message, status });

// Source of the codes: https://www.twilio.com/docs/verify/api/error-codes and
// https://www.twilio.com/docs/api/errors.
givesVerdicts(twilioVerify, [
  ["accepted", answer(201, { sid: "VE1", status: "pending" }), "accepted"],
  ...allMean("unknown", {
    "an empty 201": answer(201),
    "HTML in a 200": answer(200, "<html>"),
    "a 201 that was canceled": answer(201, { sid: "VE1", status: "canceled" }),
  }),
  ["invalid parameter", no(60200), { kind: "recipient_refused", code: "60200" }],
  ["max sends, as a 429", no(60203, "", 429), { kind: "recipient_refused", code: "60203" }],
  ...allMean("recipient_refused", {
    "an invalid number": no(60200, "Invalid parameter `To`: +1"),
    "a landline": no(60205, "SMS is not supported by landline phone number", 403),
    "fraud guard": no(60410, "", 403),
    "a fraudulent sign-up": no(60412, "", 403),
    "an invalid number under the messages' code": no(21211),
    "opted out": no(21610),
  }),
  ...allMean("destination_refused", {
    "China not vetted": no(60220),
    "geo permissions": no(60605, "Verification delivery attempt blocked", 403),
    "geo permissions of messages": no(21408),
  }),
  ...allMean("account_fault", {
    "an invalid channel": no(60200, "Invalid parameter `Channel`: pigeon"),
    "an invalid language": no(60200, "Invalid parameter: Locale"),
    "an invalid code": no(60200, "Invalid parameter: CustomCode"),
    "bad credentials": no(20003, "", 401),
    "no such service": no(20404, "", 404),
    "template not approved": no(60201),
    "no such feature": no(60204),
    "payee missing": no(60206),
    "no calls with PSD2": no(60214),
    "bad service": no(60217),
    "channel disabled": no(60223),
    "account in review": no(60238),
    "WhatsApp not set up": no(68008),
    "a trial account": no(575001),
    "an unknown code": no(60999),
  }),
  ...allMean("not_sent", {
    "rate limited": no(20429, "", 429),
    "service's limit": no(60207, "", 429),
    "too many at once": no(60212, "", 429),
  }),
]);
