import type { Mailbox } from "../../delivery/message.ts";
import { codeText, field } from "../verdict.ts";
import { awsVerdict } from "../aws-errors.ts";
import type { SettingsSpec } from "../settings.ts";
import { signed } from "../sigv4.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { jsonPost, mailbox } from "../request.ts";

export const settings = {
  /** AWS region that sends, e.g. `eu-west-1`; identities are verified by region. */
  region: { type: "text", pattern: "[a-z]{2}(-[a-z]+)+-\\d", expected: "a region, e.g. eu-west-1" },
  /** Access key ID (`AKIA…`) of an IAM user that may `ses:SendEmail`. */
  accessKeyId: {
    type: "text",
    pattern: "AK[0-9A-Z]+",
    expected: "an access key ID of an IAM user (AKIA…)",
  },
  /** Secret access key that belongs to the access key ID. */
  secretAccessKey: { type: "secret" },
  /** Configuration set that takes events; the identity's own where it is left out. */
  configurationSetName: { type: "text", optional: true },
} as const satisfies SettingsSpec;

// From the errors of SendEmail in the SES API reference (version 2).
const codes = {
  recipient_refused: ["BadRequestException", "MessageRejected"],
  account_fault: [
    "AccountSuspendedException",
    "LimitExceededException",
    "MailFromDomainNotVerifiedException",
    "NotFoundException",
    "SendingPausedException",
  ],
  not_sent: ["TooManyRequestsException"],
};

/**
 * A mailbox in ASCII, since SES takes nothing else: a name beyond it becomes RFC 2047's encoded
 * words, each of at most 75 characters, which are 45 bytes of text, and of whole characters.
 */
function asciiMailbox({ address, name }: Mailbox): string {
  if (!name || /^[ -~]*$/.test(name)) return mailbox({ address, ...(name && { name }) });
  const words = [""];
  for (const character of name) {
    const longer = `${words.pop() ?? ""}${character}`;
    if (Buffer.byteLength(longer) <= 45) words.push(longer);
    else words.push(longer.slice(0, -character.length), character);
  }
  const encoded = words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString("base64")}?=`);
  return `${encoded.join(" ")} <${address}>`;
}

const utf8 = (Data: string) => ({ Data, Charset: "UTF-8" });

const amazonSes: EmailVendor<typeof settings> = {
  name: "amazon-ses",
  idempotent: false,

  request: ({ message, settings, secrets, key, now }) =>
    signed(
      jsonPost(
        `https://email.${settings.region}.amazonaws.com/v2/email/outbound-emails`,
        {},
        {
          FromEmailAddress: asciiMailbox(message.from),
          Destination: { ToAddresses: [message.to] },
          ReplyToAddresses: message.replyTo && [asciiMailbox(message.replyTo)],
          Content: {
            Simple: {
              Subject: utf8(message.subject),
              Body: { Text: utf8(message.text), Html: utf8(message.html) },
            },
          },
          // Values hold letters, digits, `_` and `-` only.
          EmailTags: [
            { Name: "ref", Value: key },
            { Name: "message_type", Value: message.messageType.replace(/[^\w-]/g, "_") },
          ],
          ConfigurationSetName: settings.configurationSetName,
          ConfigurationOverrides: {
            Tracking: { OpenTrackingEnabled: "DISABLED", ClickTrackingEnabled: "DISABLED" },
          },
        },
      ),
      { ...settings, ...secrets, service: "ses", now },
    ),

  verdict(response) {
    const accepted = codeText(field(response.json, "MessageId")) !== undefined;
    const verdict = awsVerdict(codes, response, accepted);
    // The same error says that the content is refused and that the sender is not verified.
    return verdict.code === "MessageRejected" && response.body.includes("not verified")
      ? { ...verdict, kind: "account_fault" }
      : verdict;
  },
};

export { amazonSes as vendor };

export const about: About = {
  title: "Amazon SES",
  idempotency: "none",
  accepted: "2xx with a `MessageId`",
  recipientRefused: "MessageRejected, BadRequestException; other 4xx",
  accountFault:
    "MessageRejected for an address that is not verified, AccountSuspendedException, LimitExceededException, MailFromDomainNotVerifiedException, NotFoundException, SendingPausedException, refused signatures; 401 to 404",
  notSent: "TooManyRequestsException; 408, 425, 429, 5xx; a 2xx without a `MessageId`",
  notes: [
    "Recipients whose part before the `@` is not ASCII are refused: SES has no SMTPUTF8.",
    "Open and click tracking are switched off for each message, whatever account and configuration set say.",
  ],
};
