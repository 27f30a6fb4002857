import type { Mailbox } from "../../delivery/message.ts";
import { codeText, field, recipientVerdict, withoutAddresses } from "../verdict.ts";
import { awsVerdict } from "../aws-errors.ts";
import type { SettingsSpec } from "../settings.ts";
import { signed } from "../sigv4.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { jsonPost, mailbox } from "../request.ts";

export const settings = {
  region: {
    type: "text",
    pattern: "[a-z]{2}(-[a-z]+)+-\\d",
    expected: "a region, e.g. eu-west-1",
    description: "AWS region that sends, e.g. `eu-west-1`; identities are verified by region.",
  },
  accessKeyId: {
    type: "text",
    pattern: "AK[0-9A-Z]+",
    expected: "an access key ID of an IAM user (AKIA…)",
    description: "Access key ID (`AKIA…`) of an IAM user that may `ses:SendEmail`.",
  },
  secretAccessKey: {
    type: "secret",
    description: "Secret access key that belongs to the access key ID.",
  },
  configurationSetName: {
    type: "text",
    optional: true,
    description: "Configuration set that takes events; the identity's own where it is left out.",
  },
} as const satisfies SettingsSpec;

// Source: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html. What is not listed is the
// account's: AccountSuspended, LimitExceeded, MailFromDomainNotVerified, NotFound, SendingPaused.
const codes = { not_sent: ["TooManyRequestsException"] };

// BadRequestException and MessageRejected are anybody's fault, so their texts decide. Source:
// https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html and, for addresses, the texts
// of JavaMail, which SES checks them with ("Missing final '@domain'", "Local address contains dot-dot").
// Sender and reply-to are checked when the environment is, so an address that is not named is `to`.
const blamesOther =
  /\b(?:from|reply|sender|source|return)|configuration|identity|header|tag\b|not verified|suspend|paused|sandbox|account|quota|rate/i;
const blamesAddress =
  /\b(?:illegal|invalid|malformed) (?:email )?address|missing (?:final '@domain'|local|domain|'[<>]')|\b(?:local address|domain|user name) (?:contains|starts|ends|is)\b|\btoAddresses\b|\bdestination\b|\brecipients?\b|suppression list|blacklist/i;
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
    const { json } = response;
    const verdict = awsVerdict(codes, response, codeText(field(json, "MessageId")) !== undefined);
    const text = codeText(field(json, "message") ?? field(json, "Message")) ?? "";
    const { code } = verdict;
    if (/daily .*quota/i.test(text)) return { kind: "account_fault", code };
    const open = code === "MessageRejected" || code === "BadRequestException";
    if (!open || blamesOther.test(withoutAddresses(text))) return verdict;
    // By its reference, MessageRejected is about the content unless its text says otherwise.
    return code === "MessageRejected" || blamesAddress.test(text)
      ? recipientVerdict(text, code)
      : verdict;
  },
};

export { amazonSes as vendor };

export const about: About = {
  title: "Amazon SES",
  idempotency: "none",
  accepted: "2xx with a `MessageId`",
  recipientRefused:
    "MessageRejected for the content; MessageRejected or BadRequestException whose text names the address",
  destinationRefused: "the same for a local part beyond ASCII",
  accountFault:
    "MessageRejected for an identity that is not verified, BadRequestException for anything else, e.g. a configuration set, AccountSuspendedException, LimitExceededException, MailFromDomainNotVerifiedException, NotFoundException, SendingPausedException, refused signatures, a daily quota; every other 4xx",
  notSent: "TooManyRequestsException, Throttling; 408, 425, 429, 5xx",
  notes: [
    "Recipients whose part before the `@` is not ASCII are refused: SES has no SMTPUTF8.",
    "Open and click tracking are switched off for each message, whatever account and configuration set say.",
  ],
};
