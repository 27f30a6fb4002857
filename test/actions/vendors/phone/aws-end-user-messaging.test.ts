import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/phone/aws-end-user-messaging.ts";
import { vendor as awsEndUserMessaging } from "../../../../actions/vendors/phone/aws-end-user-messaging.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import type { AnswerRow } from "../answers.ts";
import { answer, givesVerdicts } from "../answers.ts";
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
const conflict = (Reason: string): AnswerRow[1] => no("ConflictException", { Reason });
const invalid = (Reason: string, ...fields: string[]): AnswerRow[1] =>
  no("ValidationException", {
    Reason,
    Fields: fields.map((Name) => ({ Name, Message: "m" })),
  });
const row = (
  kind: "recipient_refused" | "account_fault" | "not_sent",
  code: string,
  response: AnswerRow[1],
  name = code,
): AnswerRow => [name, response, { kind, code }];

// Source of the reasons: the enumerations of the official SDK (`errors.reasons` of the capture) and
// the exceptions of SendTextMessage in the API reference.
givesVerdicts(awsEndUserMessaging, [
  ["accepted", answer(200, { MessageId: "m" }), { kind: "accepted" }],
  ["an empty 200", answer(200), "not_sent"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "not_sent"],
  ...[
    "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION",
    "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE",
    "DESTINATION_PHONE_NUMBER_OPTED_OUT",
  ].map((reason) => row("recipient_refused", reason, conflict(reason))),
  ...["DESTINATION_COUNTRY_BLOCKED", "MAXIMUM_SIZE_EXCEEDED"].map((reason) =>
    row("recipient_refused", reason, invalid(reason)),
  ),
  row(
    "recipient_refused",
    "FIELD_VALIDATION_FAILED",
    invalid("FIELD_VALIDATION_FAILED", "DestinationPhoneNumber"),
    "an invalid number",
  ),
  row(
    "recipient_refused",
    "INVALID_PARAMETER",
    invalid("INVALID_PARAMETER", "MessageBody"),
    "an invalid text",
  ),
  row(
    "account_fault",
    "INVALID_PARAMETER",
    invalid("INVALID_PARAMETER", "OriginationIdentity"),
    "an invalid sender",
  ),
  row(
    "not_sent",
    "FIELD_VALIDATION_FAILED",
    invalid("FIELD_VALIDATION_FAILED"),
    "an invalid field that is not named",
  ),
  ...[
    "NO_ORIGINATION_IDENTITIES_FOUND",
    "NUMBER_CAPABILITIES_MISMATCH",
    "MESSAGE_TYPE_MISMATCH",
    "RESOURCE_NOT_ACTIVE",
    "DESTINATION_PHONE_NUMBER_NOT_VERIFIED",
    "REGISTRATION_NOT_COMPLETE",
    "A_NEW_CONFLICT",
  ].map((reason) => row("account_fault", reason, conflict(reason))),
  ...[
    "SENDER_ID_NOT_REGISTERED",
    "SENDER_ID_NOT_SUPPORTED",
    "SENDER_ID_REQUIRES_REGISTRATION",
    "COUNTRY_NOT_ENABLED",
    "CHANNEL_NOT_ENABLED",
    "INTERNATIONAL_SENDING_NOT_SUPPORTED",
    "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY",
    "PRICE_OVER_THRESHOLD",
    "RESOURCE_NOT_ACCESSIBLE",
    "VOICE_CAPABILITY_NOT_AVAILABLE",
    "INVALID_ARN",
  ].map((reason) => row("account_fault", reason, invalid(reason))),
  row("account_fault", "ResourceNotFoundException", no("ResourceNotFoundException")),
  row(
    "account_fault",
    "ACCOUNT_DISABLED",
    no("AccessDeniedException", { Reason: "ACCOUNT_DISABLED" }),
  ),
  row(
    "account_fault",
    "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT",
    no("ServiceQuotaExceededException", { Reason: "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT" }, 402),
  ),
  row("account_fault", "UnrecognizedClientException", no("UnrecognizedClientException")),
  row(
    "not_sent",
    "DAILY_DESTINATION_CALL_LIMIT",
    no("ServiceQuotaExceededException", { Reason: "DAILY_DESTINATION_CALL_LIMIT" }, 402),
  ),
  row(
    "account_fault",
    "SENDER_ID_NOT_SUPPORTED",
    invalid("SENDER_ID_NOT_SUPPORTED", "DestinationPhoneNumber"),
    "a sender refused that names the number",
  ),
  row(
    "recipient_refused",
    "ValidationException",
    no("ValidationException", { Fields: [{ Name: "DestinationPhoneNumber" }] }),
    "an invalid number without a reason",
  ),
  row("not_sent", "OTHER", invalid("OTHER")),
  row("not_sent", "ThrottlingException", no("ThrottlingException")),
  row("not_sent", "InternalServerException", no("InternalServerException", {}, 500)),
]);
