import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/phone/twilio-verify.ts";
import { vendor as twilioVerify } from "../../../../actions/vendors/phone/twilio-verify.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { answer, givesVerdicts } from "../answers.ts";
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

// Source of the codes: Twilio's error and warning dictionary, and its list of Verify v2 errors.
givesVerdicts(twilioVerify, [
  ["accepted", answer(201, { sid: "VE1", status: "pending" }), "accepted"],
  ["an empty 201", answer(201), "not_sent"],
  ["HTML in a 200", answer(200, "<html>"), "not_sent"],
  ["invalid parameter", answer(400, { code: 60200 }), { kind: "recipient_refused", code: "60200" }],
  [
    "max sends, as a 429",
    answer(429, { code: 60203 }),
    { kind: "recipient_refused", code: "60203" },
  ],
  ["a landline", answer(403, { code: 60205 }), { kind: "recipient_refused", code: "60205" }],
  ["fraud guard", answer(403, { code: 60410 }), { kind: "recipient_refused", code: "60410" }],
  ["fraudulent signup", answer(403, { code: 60412 }), { kind: "recipient_refused", code: "60412" }],
  ["bad credentials", answer(401, { code: 20003 }), { kind: "account_fault", code: "20003" }],
  ["no such service", answer(404, { code: 20404 }), { kind: "account_fault", code: "20404" }],
  ["template not approved", answer(400, { code: 60201 }), { kind: "account_fault", code: "60201" }],
  ["no such feature", answer(400, { code: 60204 }), { kind: "account_fault", code: "60204" }],
  ["payee missing", answer(400, { code: 60206 }), { kind: "account_fault", code: "60206" }],
  ["no calls with PSD2", answer(400, { code: 60214 }), { kind: "account_fault", code: "60214" }],
  ["bad service", answer(400, { code: 60217 }), { kind: "account_fault", code: "60217" }],
  ["China not vetted", answer(400, { code: 60220 }), { kind: "account_fault", code: "60220" }],
  ["channel disabled", answer(400, { code: 60223 }), { kind: "account_fault", code: "60223" }],
  ["account in review", answer(400, { code: 60238 }), { kind: "account_fault", code: "60238" }],
  ["a trial account", answer(400, { code: 575001 }), { kind: "account_fault", code: "575001" }],
  ["rate limited", answer(429, { code: 20429 }), { kind: "not_sent", code: "20429" }],
  ["service's limit", answer(429, { code: 60207 }), { kind: "not_sent", code: "60207" }],
  ["too many at once", answer(429, { code: 60212 }), { kind: "not_sent", code: "60212" }],
  ["an unknown code", answer(400, { code: 60999 }), { kind: "recipient_refused", code: "60999" }],
]);
