import { awsErrorMessage, awsErrorName, awsVerdict } from "../aws-errors.ts";
import type { SettingsSpec } from "../settings.ts";
import { signed } from "../sigv4.ts";
import type { About, PhoneVendor, VerdictKind } from "../vendor.ts";
import { formPost } from "../request.ts";

export const settings = {
  region: {
    description: "AWS region that sends, e.g. `eu-west-1`.",
    type: "text",
    pattern: "[a-z]{2}(-[a-z]+)+-\\d",
    expected: "a region, e.g. eu-west-1",
  },
  accessKeyId: {
    description: "Access key ID (`AKIA…`) of an IAM user that may `sns:Publish`.",
    type: "text",
    pattern: "AK[0-9A-Z]+",
    expected: "an access key ID of an IAM user (AKIA…)",
  },
  secretAccessKey: {
    description: "Secret access key that belongs to the access key ID.",
    type: "secret",
  },
  maxPriceUsd: {
    description: "The most that one message may cost, in US dollars; a dearer one is not sent.",
    type: "text",
    optional: true,
    pattern: "\\d+(\\.\\d+)?",
    expected: "a number of US dollars such as 0.50",
  },
} as const satisfies SettingsSpec;

// From https://docs.aws.amazon.com/sns/latest/api/API_Publish.html. What is not listed is the account's
// fault, e.g. UserError: what the sandbox says of numbers that are not verified.
const codes = {
  recipient_refused: ["OptedOut"],
  not_sent: ["InternalError", "KMSThrottling", "Throttled"],
};
/** Errors that say only that a parameter is invalid: the message decides. */
const parameters = /^(InvalidParameter|ParameterValueInvalid|Validation)(Exception)?$/;

/**
 * Whom an invalid parameter blames. "PhoneNumber … is not valid to publish to" is also what a region
 * says that sends no SMS (https://github.com/aws/aws-sdk-js/issues/1217), so others are asked.
 */
function invalid(message: string): VerdictKind {
  if (/not valid to publish to/i.test(message)) return "destination_refused";
  const ofTheMessage =
    /\bPhone ?Number\b|opted out|message too long|empty message|\bMessage Reason\b/i;
  return ofTheMessage.test(message) ? "recipient_refused" : "account_fault";
}

type Attribute = readonly [name: string, type: "String" | "Number", value: string | undefined];

/** Message attributes as the query protocol numbers them; those without a value are left out. */
function attributes(list: readonly Attribute[]): Record<string, string | undefined> {
  return Object.fromEntries(
    list
      .filter(([, , value]) => value)
      .flatMap(([name, type, value], index) => {
        const entry = `MessageAttributes.entry.${String(index + 1)}`;
        return [
          [`${entry}.Name`, name],
          [`${entry}.Value.DataType`, type],
          [`${entry}.Value.StringValue`, value],
        ];
      }),
  );
}

const amazonSns: PhoneVendor<typeof settings> = {
  name: "amazon-sns",
  idempotent: false,

  request: ({ message: { from, to, text }, settings, secrets, now }) =>
    signed(
      formPost(
        `https://sns.${settings.region}.amazonaws.com/`,
        {},
        {
          Action: "Publish",
          Version: "2010-03-31",
          Message: text,
          PhoneNumber: to,
          ...attributes([
            ["AWS.SNS.SMS.SMSType", "String", "Transactional"],
            [
              from?.startsWith("+") ? "AWS.MM.SMS.OriginationNumber" : "AWS.SNS.SMS.SenderID",
              "String",
              from,
            ],
            ["AWS.SNS.SMS.MaxPrice", "Number", settings.maxPriceUsd],
          ]),
        },
      ),
      { ...settings, ...secrets, service: "sns", now },
    ),

  verdict(response) {
    const code = awsErrorName(response) ?? "";
    if (response.status < 500 && parameters.test(code))
      return { kind: invalid(awsErrorMessage(response)), code };
    return awsVerdict(codes, response, response.body.includes("<MessageId>"));
  },
};

export { amazonSns as vendor };

export const about: About = {
  title: "Amazon SNS",
  idempotency: "none",
  media: ["text"],
  accepted: "2xx with a `MessageId`",
  recipientRefused:
    "OptedOut; InvalidParameter, ParameterValueInvalid and ValidationException if they name the number or the text",
  destinationRefused:
    'a number that is "not valid to publish to": also what a region says that sends no SMS',
  accountFault:
    "AuthorizationError, UserError, EndpointDisabled, refused signatures; an invalid parameter that is ours; any other 4xx",
  notSent: "Throttled, InternalError; 408, 425, 429, 5xx except 504",
  notes: [
    "Messages have no lifetime: what waits at a carrier may arrive after the code has expired.",
    "AWS End User Messaging is the newer service for the same messages, with a lifetime and voice.",
  ],
};
