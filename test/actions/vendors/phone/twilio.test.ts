import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/phone/twilio.ts";
import { vendor as twilio } from "../../../../actions/vendors/phone/twilio.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone } from "../messages.ts";

const { credentials } = captured("phone/twilio");
const send = (message: PhoneMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  twilio.request({
    message,
    settings: { accountSid: credentials["accountSid"] ?? "", ...settings },
    secrets: { authToken: credentials["authToken"] ?? "" },
    key,
    now: 0,
    token: "",
  });

const expiry = { "body.ValidityPeriod": "a code that waits past its lifetime is never sent" };

equalsSdk("phone/twilio", {
  A: { request: () => send(phone()), differences: expiry },
  "A+name": { request: () => send(phone({ from: "Example" })), differences: expiry },
  "A+options": { request: () => send(phone(), { riskCheck: "disable" }) },
  "A+riskCheckEnable": {
    request: () => send(phone(), { riskCheck: "enable" }),
    differences: expiry,
  },
  "A+messagingService": {
    request: () => send(phone(), { messagingServiceSid: credentials["messagingServiceSid"] ?? "" }),
  },
  whatsapp: {
    request: () =>
      send(phone({ medium: "whatsapp" }), { contentSid: credentials["contentSid"] ?? "" }),
  },
  voice: { request: () => send(phone({ medium: "voice" })) },
  "voice-B": { request: () => send(phone({ ...german, medium: "voice", locale: "de-DE" })) },
});

// Source of the codes: Twilio's error and warning dictionary.
givesVerdicts(twilio, [
  ["accepted", answer(201, { sid: "SM1", status: "queued" }), "accepted"],
  ["an empty 201", answer(201), "not_sent"],
  ["HTML in a 200", answer(200, "<html>"), "not_sent"],
  ["invalid number", answer(400, { code: 21211 }), { kind: "recipient_refused", code: "21211" }],
  ["opted out", answer(400, { code: 21610 }), { kind: "recipient_refused", code: "21610" }],
  [
    "not a mobile number",
    answer(400, { code: 21614 }),
    { kind: "recipient_refused", code: "21614" },
  ],
  ["pumping blocked", answer(403, { code: 30450 }), { kind: "recipient_refused", code: "30450" }],
  ["bad credentials", answer(401, { code: 20003 }), { kind: "account_fault", code: "20003" }],
  ["country not enabled", answer(400, { code: 21408 }), { kind: "account_fault", code: "21408" }],
  ["rate limited", answer(429, { code: 20429 }), { kind: "not_sent", code: "20429" }],
  ["an unknown code", answer(400, { code: 21999 }), { kind: "recipient_refused", code: "21999" }],
]);
