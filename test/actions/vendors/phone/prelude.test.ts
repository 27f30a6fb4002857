import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/phone/prelude.ts";
import { vendor as prelude } from "../../../../actions/vendors/phone/prelude.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import type { AnswerRow } from "../answers.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone } from "../messages.ts";

const { credentials } = captured("phone/prelude");
const send = (message: PhoneMessage, settings: SettingsOf<typeof spec> = {}) =>
  prelude.request({
    message,
    settings,
    secrets: { apiToken: credentials["apiToken"] ?? "" },
    key,
    now: 0,
    token: "",
  });
const sent = async (...input: Parameters<typeof send>) =>
  JSON.parse((await send(...input)).body) as Record<string, unknown>;

const always = {
  "body.options.integration": "Prelude is always told that Auth0 asks",
  "body.metadata.correlation_id": "the key is always told, to find a message at Prelude",
};
const asText = {
  "body.options.method": "the text channel is asked for, not silent verification",
  "body.options.preferred_channel": "the text channel is asked for, not WhatsApp",
};

equalsSdk(
  "phone/prelude",
  {
    A: { request: () => send(phone()), differences: { ...always, ...asText } },
    "A+options": {
      request: () => send(phone({ locale: "en-US", ip: "192.0.2.1" })),
      differences: {
        "body.signals.user_agent": "a phone event does not tell it",
        "body.signals.device_platform": "a phone event does not tell it",
      },
    },
    voice: { request: () => send(phone({ medium: "voice" })), differences: always },
    whatsapp: { request: () => send(phone({ medium: "whatsapp" })), differences: always },
  },
  {
    omitted: {
      "A+transactional":
        "has no fraud guard and no way to ask for a call; /v2/verification has both",
      "A+notify": "for marketing and notices; /v2/verification is made for passcodes",
    },
  },
);

describe("prelude", () => {
  it("tells the origin of a text that is bound to one, and the rest as it is", async () => {
    expect(await sent(phone({ ...german, locale: "de-DE" }))).toEqual({
      target: { type: "phone_number", value: german.to },
      options: {
        custom_code: german.code,
        locale: "de-DE",
        method: "message",
        preferred_channel: "sms",
        integration: "auth0",
        app_realm: { platform: "web", value: "example.com" },
      },
      metadata: { correlation_id: key },
    });
  });

  it("sends template and sender of the settings", async () => {
    const body = await sent(phone(), { templateId: "template_0", senderId: "Example" });
    expect(body["options"]).toMatchObject({ template_id: "template_0", sender_id: "Example" });
  });

  it("lets Prelude make up no code for a message without one", () => {
    const { medium, to, text, lifetimeS } = phone();
    const message = { medium, to, text, lifetimeS, messageType: "password_breach" };
    expect(() => send(message)).toThrow("expected a message with a code, got password_breach");
  });
});

const verification = (status: string, reason?: string) =>
  answer(200, { id: "vrf_1", status, method: "message", ...(reason && { reason }) });
const error = (status: number, code: string) =>
  answer(status, { code, type: "bad_request", message: "no", request_id: "r" });
const blocked = [
  ...["suspicious", "in_block_list", "invalid_phone_number", "invalid_phone_line"],
  ...["repeated_attempts", "expired_signature", "invalid_signature"],
].map((reason): AnswerRow => [
  `a 200 that is blocked: ${reason}`,
  verification("blocked", reason),
  { kind: "recipient_refused", code: reason },
]);
const account = [
  ...["invalid_api_key", "invalid_api_token", "invalid_bearer_token", "insufficient_balance"],
  ...["suspended_account", "custom_code_not_allowed", "channel_not_enabled_in_region"],
  ...["invalid_sender_id", "invalid_template_id", "invalid_template_variables"],
].map((code): AnswerRow => [`a 400 ${code}`, error(400, code), { kind: "account_fault", code }]);

// Source of the codes: Prelude's list of v2 error codes; of status and reason: Prelude's SDK.
givesVerdicts(prelude, [
  ["accepted", verification("success"), "accepted"],
  ["accepted again", verification("retry"), "accepted"],
  ["accepted for other channels", verification("challenged"), "accepted"],
  ["a rule that is tried out", verification("shadow_blocked", "suspicious"), "accepted"],
  ...blocked,
  [
    "blocked without a reason",
    verification("blocked"),
    { kind: "recipient_refused", code: "blocked" },
  ],
  ["a 200 with another status", verification("later"), "not_sent"],
  ["an empty 200", answer(200), "not_sent"],
  ["HTML in a 200", answer(200, "<html>"), "not_sent"],
  ...account,
  [
    "an invalid number",
    error(400, "invalid_phone_number"),
    { kind: "recipient_refused", code: "invalid_phone_number" },
  ],
  [
    "a landline",
    error(400, "invalid_line_type"),
    { kind: "recipient_refused", code: "invalid_line_type" },
  ],
  ["blocked", error(403, "blocked"), { kind: "recipient_refused", code: "blocked" }],
  [
    "another 4xx",
    error(422, "invalid_request"),
    { kind: "recipient_refused", code: "invalid_request" },
  ],
  ["a bad key", error(401, "unauthorized"), { kind: "account_fault", code: "unauthorized" }],
  ["rate limited", error(429, "rate_limited"), { kind: "not_sent", code: "rate_limited" }],
  ["an internal error", error(400, "internal"), { kind: "not_sent", code: "internal" }],
]);
