import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/phone/aws-end-user-messaging.ts";
import { vendor as awsEndUserMessaging } from "../../../../actions/vendors/phone/aws-end-user-messaging.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import type { VerdictKind } from "../../../../actions/vendors/vendor.ts";
import type { AnswerRow } from "../answers.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone, senderless } from "../messages.ts";
import { signing } from "../signed.ts";

const { credentials } = captured("phone/aws-end-user-messaging");
const send = async (message: PhoneMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  awsEndUserMessaging.request({
    message,
    settings: {
      region: credentials["region"] ?? "",
      accessKeyId: credentials["accessKeyId"] ?? "",
      ...settings,
    },
    secrets: { secretAccessKey: credentials["secretAccessKey"] ?? "" },
    key,
    now: 0,
    token: "",
  });
const bodyOf = async (message: PhoneMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  JSON.parse((await send(message, settings)).body) as Record<string, unknown>;

const reference = { "body.Context.ref": "the key is always told, to find a message in events" };
const always = {
  ...signing,
  ...reference,
  "body.TimeToLive": "a code that waits past its lifetime is never sent",
};
const call = { medium: "voice" } as const;

equalsSdk("phone/aws-end-user-messaging", {
  A: { request: () => send(phone()), differences: always },
  "A+name": { request: () => send(phone({ from: "Example" })), differences: always },
  "A+options": {
    request: () =>
      send(phone(), { configurationSetName: "otp", protectConfigurationId: "protect-0001" }),
    differences: signing,
  },
  voice: { request: () => send(phone(call)), differences: always },
  "voice-B": {
    request: () => send(phone({ ...german, ...call, locale: "de-DE" })),
    differences: { ...signing, ...reference },
  },
});

describe("aws-end-user-messaging", () => {
  it.each([
    [undefined, "JOANNA"],
    ["de", "VICKI"],
    ["de-AT", "VICKI"],
    ["en-GB", "AMY"],
    ["fr-CA", "CHANTAL"],
    ["pt", "CAMILA"],
    ["no", "LIV"],
    ["fi", "JOANNA"],
    ["not a tag", "JOANNA"],
  ])("reads a message in %s by %s", async (locale, voice) => {
    const body = await bodyOf(phone({ ...call, ...(locale !== undefined && { locale }) }));
    expect(body["VoiceId"]).toBe(voice);
  });

  it("asks for no lifetime for a message without a code", async () => {
    expect(await bodyOf(phone({ lifetimeS: undefined }))).not.toHaveProperty("TimeToLive");
  });

  it("asks for no lifetime under the service's 5 seconds", async () => {
    expect((await bodyOf(phone({ lifetimeS: 2 })))["TimeToLive"]).toBe(5);
  });

  it("lets a pool send in place of the sender", async () => {
    const body = await bodyOf(phone(), { originationIdentity: "pool-0001" });
    expect(body["OriginationIdentity"]).toBe("pool-0001");
  });

  it("leaves the sender to the service where there is none", async () => {
    expect(await bodyOf(senderless())).not.toHaveProperty("OriginationIdentity");
  });
});

const no = (type: string, rest: object = {}, status = 400) =>
  answer(status, { __type: `com.amazonaws.pinpointsmsvoicev2#${type}`, Message: "m", ...rest });
const conflict = (Reason: string) => no("ConflictException", { Reason });
const invalid = (Reason: string, ...fields: string[]) =>
  no("ValidationException", {
    Reason,
    Fields: fields.map((Name) => ({ Name, Message: "m" })),
  });
const quota = (Reason: string) => no("ServiceQuotaExceededException", { Reason }, 402);
const byReason = (
  kind: VerdictKind,
  answerOf: (reason: string) => AnswerRow[1],
  ...reasons: string[]
): readonly AnswerRow[] => reasons.map((code) => [code, answerOf(code), { kind, code }]);

// Source of the reasons: the enumerations of the official SDK (`errors.reasons` of the capture) and
// the exceptions of SendTextMessage in the API reference,
// https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html.
givesVerdicts(awsEndUserMessaging, [
  ["accepted", answer(200, { MessageId: "m" }), { kind: "accepted" }],
  ...allMean("unknown", {
    "an empty 200": answer(200),
    "HTML in a 200": answer(200, "<html>login</html>"),
  }),
  ...byReason(
    "recipient_refused",
    conflict,
    "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE",
    "DESTINATION_PHONE_NUMBER_OPTED_OUT",
  ),
  ...byReason("recipient_refused", invalid, "MAXIMUM_SIZE_EXCEEDED"),
  ...allMean("recipient_refused", {
    "an invalid number": invalid("FIELD_VALIDATION_FAILED", "DestinationPhoneNumber"),
    "an invalid text": invalid("INVALID_PARAMETER", "MessageBody"),
    "an invalid number without a reason": no("ValidationException", {
      Fields: [{ Name: "DestinationPhoneNumber" }],
    }),
  }),
  ...byReason(
    "destination_refused",
    conflict,
    "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION",
  ),
  ...byReason(
    "destination_refused",
    invalid,
    "COUNTRY_NOT_ENABLED",
    "DESTINATION_COUNTRY_BLOCKED",
    "INTERNATIONAL_SENDING_NOT_SUPPORTED",
    "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY",
    "PRICE_OVER_THRESHOLD",
    "SENDER_ID_NOT_SUPPORTED",
  ),
  ...byReason(
    "account_fault",
    conflict,
    "NO_ORIGINATION_IDENTITIES_FOUND",
    "NUMBER_CAPABILITIES_MISMATCH",
    "MESSAGE_TYPE_MISMATCH",
    "RESOURCE_NOT_ACTIVE",
    "DESTINATION_PHONE_NUMBER_NOT_VERIFIED",
    "REGISTRATION_NOT_COMPLETE",
    "A_NEW_CONFLICT",
  ),
  ...byReason(
    "account_fault",
    invalid,
    "SENDER_ID_NOT_REGISTERED",
    "SENDER_ID_REQUIRES_REGISTRATION",
    "CHANNEL_NOT_ENABLED",
    "RESOURCE_NOT_ACCESSIBLE",
    "VOICE_CAPABILITY_NOT_AVAILABLE",
    "INVALID_ARN",
    "OTHER",
  ),
  ...byReason("account_fault", quota, "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT"),
  ...allMean("account_fault", {
    "an invalid sender": invalid("INVALID_PARAMETER", "OriginationIdentity"),
    "an invalid sender and number": invalid(
      "INVALID_PARAMETER",
      "DestinationPhoneNumber",
      "OriginationIdentity",
    ),
    "an invalid field that is not named": invalid("FIELD_VALIDATION_FAILED"),
    "no such resource": no("ResourceNotFoundException"),
    "account disabled": no("AccessDeniedException", { Reason: "ACCOUNT_DISABLED" }),
    "unknown key": no("UnrecognizedClientException"),
  }),
  [
    "a refused sender ID that names the number",
    invalid("SENDER_ID_NOT_SUPPORTED", "DestinationPhoneNumber"),
    { kind: "destination_refused", code: "SENDER_ID_NOT_SUPPORTED" },
  ],
  ...byReason("not_sent", quota, "DAILY_DESTINATION_CALL_LIMIT"),
  ["ThrottlingException", no("ThrottlingException"), "not_sent"],
  ["InternalServerException", no("InternalServerException", {}, 500), "not_sent"],
]);
