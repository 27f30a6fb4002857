import { byCode, codeText, field } from "../verdict.ts";
import { awsVerdict } from "../aws-errors.ts";
import type { SettingsSpec } from "../settings.ts";
import { signed } from "../sigv4.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { jsonPost, lifetimeWithin } from "../request.ts";
import { awsVoice } from "../aws-voices.ts";

export const settings = {
  region: {
    description: "AWS region that sends, e.g. `eu-west-1`.",
    type: "text",
    pattern: "[a-z]{2}(-[a-z]+)+-\\d",
    expected: "a region, e.g. eu-west-1",
  },
  accessKeyId: {
    description:
      "Access key ID (`AKIA…`) of an IAM user that may `sms-voice:SendTextMessage` and `sms-voice:SendVoiceMessage`.",
    type: "text",
    pattern: "AK[0-9A-Z]+",
    expected: "an access key ID of an IAM user (AKIA…)",
  },
  secretAccessKey: {
    description: "Secret access key that belongs to the access key ID.",
    type: "secret",
  },
  originationIdentity: {
    description: "Pool or phone number, by ID or ARN, that sends; replaces the sender.",
    type: "text",
    optional: true,
  },
  configurationSetName: {
    description: "Configuration set, by name or ARN, that takes events and limits.",
    type: "text",
    optional: true,
  },
  protectConfigurationId: {
    description: "Protect configuration that guards against toll fraud, by ID or ARN.",
    type: "text",
    optional: true,
  },
} as const satisfies SettingsSpec;

// From the reasons that the official SDK lists for the exceptions of SendTextMessage and
// SendVoiceMessage. What is not listed is the account's fault: senders, channels and quotas.
// DAILY_DESTINATION_CALL_LIMIT seems to be about one recipient (unverified), so it is not held against
// the account.
const reasons = {
  recipient_refused: [
    "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE",
    "DESTINATION_PHONE_NUMBER_OPTED_OUT",
    "MAXIMUM_SIZE_EXCEEDED",
  ],
  destination_refused: [
    "COUNTRY_NOT_ENABLED",
    "DESTINATION_COUNTRY_BLOCKED",
    "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION",
    "INTERNATIONAL_SENDING_NOT_SUPPORTED",
    "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY",
    "PRICE_OVER_THRESHOLD",
    "SENDER_ID_NOT_SUPPORTED",
  ],
  not_sent: ["DAILY_DESTINATION_CALL_LIMIT"],
};
/** Reasons that say no more than that a field is invalid; the field's name decides. */
const anyField = ["FIELD_VALIDATION_FAILED", "INVALID_PARAMETER", "INVALID_FORMAT", undefined];
const recipientOrContent = ["DestinationPhoneNumber", "MessageBody"];

const awsEndUserMessaging: PhoneVendor<typeof settings> = {
  name: "aws-end-user-messaging",
  idempotent: false,

  request({ message, settings, secrets, key, now }) {
    const spoken = message.medium === "voice";
    const operation = spoken ? "SendVoiceMessage" : "SendTextMessage";
    return signed(
      jsonPost(
        `https://sms-voice.${settings.region}.amazonaws.com/`,
        {
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": `PinpointSMSVoiceV2.${operation}`,
        },
        {
          DestinationPhoneNumber: message.to,
          OriginationIdentity: settings.originationIdentity ?? message.from,
          MessageBody: message.text,
          ...(spoken
            ? { MessageBodyTextType: "TEXT", VoiceId: awsVoice(message.locale) }
            : { MessageType: "TRANSACTIONAL" }),
          ConfigurationSetName: settings.configurationSetName,
          // The service takes 5 seconds to 3 days.
          TimeToLive: lifetimeWithin(message, 5, 259_200),
          Context: { ref: key },
          ProtectConfigurationId: settings.protectConfigurationId,
        },
      ),
      { ...settings, ...secrets, service: "sms-voice", now },
    );
  },

  verdict(response) {
    const { json } = response;
    const reason = codeText(field(json, "Reason"));
    const fields = field(json, "Fields");
    const invalid = Array.isArray(fields) ? fields.map((one) => field(one, "Name")) : [];
    const blamed =
      invalid.length > 0 && invalid.every((name) => recipientOrContent.some((one) => one === name));
    if (response.status < 500 && blamed && anyField.includes(reason))
      return { kind: "recipient_refused", code: reason ?? "ValidationException" };
    const accepted = codeText(field(json, "MessageId")) !== undefined;
    const verdict = byCode(reasons, reason) ?? awsVerdict({}, response, accepted);
    return reason === undefined ? verdict : { ...verdict, code: reason };
  },
};

export { awsEndUserMessaging as vendor };

export const about: About = {
  title: "AWS End User Messaging",
  idempotency: "none",
  media: ["text", "voice"],
  needs: { voice: ["from or originationIdentity"] },
  accepted: "2xx with a `MessageId`",
  recipientRefused:
    "recipient opted out or blocked; invalid `DestinationPhoneNumber` or `MessageBody`",
  destinationRefused: "country not enabled or blocked, or a sender that is not for it",
  accountFault:
    "sender or channel not enabled, registered or active; other invalid fields; missing resources; quotas; refused signatures; any other 4xx",
  notSent: "ThrottlingException, DAILY_DESTINATION_CALL_LIMIT; 408, 425, 429, 5xx except 504",
  notes: [
    "Errors come as 400 with a `Reason`, which decides before the name of the exception does.",
    "A voice is chosen by the message's language; a language that has none gets the American one.",
  ],
};
