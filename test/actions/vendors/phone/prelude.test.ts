import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/phone/prelude.ts";
import { vendor as prelude } from "../../../../actions/vendors/phone/prelude.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import type { VerdictKind } from "../../../../actions/vendors/vendor.ts";
import type { AnswerRow } from "../answers.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
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

  it.each([
    ["de-DE,de;q=0.9", "de-DE"],
    ["zh_Hant_TW", "zh-Hant-TW"],
    ['en" x="', undefined],
  ])("tells the language of locale %s as a tag", async (locale, expected) => {
    const { options } = (await sent(phone({ locale }))) as { options: { locale?: string } };
    expect(options.locale).toBe(expected);
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
const refused = (kind: VerdictKind, status: number, ...codes: readonly string[]) =>
  codes.map((code): AnswerRow => [`a ${code}`, error(status, code), { kind, code }]);
const blocked = (kind: VerdictKind, ...reasons: readonly string[]) =>
  reasons.map((code): AnswerRow => [
    `a 200 that is blocked: ${code}`,
    verification("blocked", code),
    { kind, code },
  ]);

// Source of the codes: https://docs.prelude.so/introduction/errors; of status and reason: Prelude's SDK.
givesVerdicts(prelude, [
  ...allMean("accepted", {
    accepted: verification("success"),
    "accepted again": verification("retry"),
    "accepted for other channels": verification("challenged"),
    "a rule that is tried out": verification("shadow_blocked", "suspicious"),
  }),
  ...blocked(
    "recipient_refused",
    ...["suspicious", "in_block_list", "invalid_phone_number", "invalid_phone_line"],
    ...["repeated_attempts", "a_new_reason"],
  ),
  ...blocked("account_fault", "expired_signature", "invalid_signature"),
  [
    "blocked without a reason",
    verification("blocked"),
    { kind: "recipient_refused", code: "blocked" },
  ],
  ...refused("recipient_refused", 400, "invalid_phone_number", "invalid_line_type", "invalid_line"),
  ...refused("recipient_refused", 403, "blocked", "blocked_number"),
  ...refused("recipient_refused", 429, "too_many_attempts"),
  ...refused(
    "destination_refused",
    400,
    ...["channel_not_enabled_in_region", "unsupported_region", "unsupported_country"],
  ),
  ...refused(
    "account_fault",
    400,
    ...["invalid_api_key", "invalid_api_token", "invalid_bearer_token", "insufficient_balance"],
    ...["suspended_account", "custom_code_not_allowed", "invalid_custom_code", "negative_balance"],
    ...["invalid_sender_id", "invalid_template_id", "invalid_template_variables", "bad_request"],
    ...["spending_limit_exceeded", "invalid_locale", "a_new_code"],
  ),
  ...refused("account_fault", 422, "invalid_request"),
  ...refused("account_fault", 401, "unauthorized"),
  ...refused("not_sent", 429, "rate_limited"),
  ...refused("not_sent", 400, "internal"),
  ...allMean("unknown", {
    "a 200 with another status": verification("later"),
    "an empty 200": answer(200),
    "HTML in a 200": answer(200, "<html>"),
  }),
]);
