import { describe, expect, it } from "vitest";
import type { EmailMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/email/amazon-ses.ts";
import { vendor as amazonSes } from "../../../../actions/vendors/email/amazon-ses.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { email, hardEmail, key } from "../messages.ts";
import { signing } from "../signed.ts";

const { credentials } = captured("email/amazon-ses");
const send = async (message: EmailMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  amazonSes.request({
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

const always = {
  ...signing,
  "body.ConfigurationOverrides.Tracking.OpenTrackingEnabled":
    "tracking is always off: it leaks codes",
  "body.ConfigurationOverrides.Tracking.ClickTrackingEnabled":
    "tracking is always off: it breaks links",
  "body.EmailTags.1.Name": "the message type is always told",
  "body.EmailTags.1.Value": "the message type is always told",
};
const reference = "the key is always told, to find a message in events";

equalsSdk("email/amazon-ses", {
  A: {
    request: () => send(email()),
    differences: {
      ...always,
      "body.EmailTags.0.Name": reference,
      "body.EmailTags.0.Value": reference,
    },
  },
  "A+options": {
    request: () =>
      send(email({ replyTo: { address: "help@example.com" } }), { configurationSetName: "otp" }),
    differences: always,
  },
});

interface Sent {
  readonly FromEmailAddress: string;
  readonly ReplyToAddresses: readonly string[];
  readonly Content: {
    readonly Simple: {
      readonly Subject: { readonly Data: string };
      readonly Body: {
        readonly Text: { readonly Data: string };
        readonly Html: { readonly Data: string };
      };
    };
  };
  readonly EmailTags: readonly { readonly Value: string }[];
}
const sent = async (message: EmailMessage) => JSON.parse((await send(message)).body) as Sent;

/** A mailbox whose name is in RFC 2047's base64 words, read back. */
function decoded(mailbox: string): string {
  const words = mailbox.replace(/(=\?UTF-8\?B\?[^?]*\?=) (?==\?)/g, "$1");
  return words.replace(/=\?UTF-8\?B\?([^?]*)\?=/g, (_all, text: string) =>
    Buffer.from(text, "base64").toString(),
  );
}

describe("amazon-ses", () => {
  it("encodes what SES takes in ASCII only, and leaves the rest as it is", async () => {
    const { FromEmailAddress, ReplyToAddresses, Content } = await sent(hardEmail);
    expect(FromEmailAddress).toMatch(/^[ -~]+$/);
    expect(decoded(FromEmailAddress)).toBe(
      `${hardEmail.from.name ?? ""} <${hardEmail.from.address}>`,
    );
    expect(ReplyToAddresses.map(decoded)).toEqual(["Hilfe, Ä. <help@example.com>"]);
    expect(Content.Simple.Subject.Data).toBe(hardEmail.subject);
    expect(Content.Simple.Body.Text.Data).toBe(hardEmail.text);
    expect(Content.Simple.Body.Html.Data).toBe(hardEmail.html);
  });

  it("switches tracking off and tells the message type, for every message", async () => {
    const body: unknown = JSON.parse((await send(email())).body);
    expect(body).toMatchObject({
      ConfigurationOverrides: {
        Tracking: { OpenTrackingEnabled: "DISABLED", ClickTrackingEnabled: "DISABLED" },
      },
      EmailTags: [
        { Name: "ref", Value: key },
        { Name: "message_type", Value: "otp" },
      ],
    });
    expect(body).not.toHaveProperty("ConfigurationSetName");
    expect(body).not.toHaveProperty("ReplyToAddresses");
  });

  it("quotes a name in ASCII that holds a comma", async () => {
    const { FromEmailAddress } = await sent(
      email({ from: { name: 'Ops "A", Ltd', address: "a@example.com" } }),
    );
    expect(FromEmailAddress).toBe('"Ops \\"A\\", Ltd" <a@example.com>');
  });

  it("sends an address without a name as it is", async () => {
    const { FromEmailAddress } = await sent(email({ from: { address: "a@example.com" } }));
    expect(FromEmailAddress).toBe("a@example.com");
  });

  it("splits a long name into words of 75 characters that hold whole characters", async () => {
    const name = `a${"\u{1F510}é日".repeat(20)}`;
    const { FromEmailAddress } = await sent(email({ from: { name, address: "a@example.com" } }));
    const words = FromEmailAddress.split(" ").slice(0, -1);
    expect(words.length).toBeGreaterThan(3);
    for (const word of words) {
      expect(word.length).toBeLessThanOrEqual(75);
      expect(decoded(word)).not.toContain("\uFFFD");
    }
    expect(decoded(FromEmailAddress)).toBe(`${name} <a@example.com>`);
  });

  it("keeps a tag's value to the characters that SES takes", async () => {
    const { EmailTags } = await sent(email({ messageType: "verify email: ü" }));
    expect(EmailTags[1]?.Value).toBe("verify_email___");
  });
});

const no = (status: number, type: string, message = "m") =>
  answer(status, { message }, { "x-amzn-errortype": type });
const rejected = (code: string) => ({ kind: "recipient_refused", code }) as const;
const misconfigured = (code: string) => ({ kind: "account_fault", code }) as const;
const unavailable = (code: string) => ({ kind: "not_sent", code }) as const;

// Source of the errors: SendEmail in the SES API reference (version 2); of the one for addresses
// that are not verified, "Amazon SES email sending errors" in the developer guide.
givesVerdicts(amazonSes, [
  ["accepted", answer(200, { MessageId: "m" }), { kind: "accepted" }],
  ["an empty 200", answer(200), "unknown"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "unknown"],
  [
    "content refused",
    no(400, "MessageRejected", "Message contains a virus"),
    rejected("MessageRejected"),
  ],
  [
    "sender not verified",
    no(400, "MessageRejected", "Email address is not verified."),
    misconfigured("MessageRejected"),
  ],
  ...[
    "Email address is not verified. The following identities failed the check in region EU-WEST-1: login@example.com",
    "Sending suspended for this account.",
    "Sending paused for this account.",
  ].map(
    (text) => [text, no(400, "MessageRejected", text), misconfigured("MessageRejected")] as const,
  ),
  [
    "recipient on the suppression list",
    no(400, "MessageRejected", "Address is on the suppression list"),
    rejected("MessageRejected"),
  ],
  ...[
    "Missing final '@domain'",
    "Illegal address",
    "Invalid email address jo@example..org",
    "Domain contains dot-dot",
    "Domain starts with dot",
    "Local address contains dot-dot",
    "Local address ends with dot",
    "1 validation error detected: Value at 'destination.toAddresses.1.member' failed",
  ].map(
    (text) =>
      [text, no(400, "BadRequestException", text), rejected("BadRequestException")] as const,
  ),
  ...["Local address contains control or whitespace", "Invalid email address dån@example.org"].map(
    (text) =>
      [
        text,
        no(400, "BadRequestException", text),
        { kind: "destination_refused", code: "BadRequestException" },
      ] as const,
  ),
  ...[
    "m",
    "Configuration set <otp> does not exist.",
    "The provided configuration set is invalid",
    "Invalid email address in FromEmailAddress",
    "Value at 'replyToAddresses' is an illegal address",
    "Value at 'emailTags.1.member.value' failed",
    "Use of header is not allowed",
  ].map(
    (text) =>
      [text, no(400, "BadRequestException", text), misconfigured("BadRequestException")] as const,
  ),
  [
    "a day's quota used up",
    no(429, "TooManyRequestsException", "Daily message quota exceeded."),
    misconfigured("TooManyRequestsException"),
  ],
  [
    "a rate exceeded",
    no(400, "ThrottlingException", "Maximum sending rate exceeded."),
    unavailable("ThrottlingException"),
  ],
  ["no such set", no(404, "NotFoundException"), misconfigured("NotFoundException")],
  [
    "MAIL FROM not verified",
    no(400, "MailFromDomainNotVerifiedException"),
    misconfigured("MailFromDomainNotVerifiedException"),
  ],
  ["suspended", no(400, "AccountSuspendedException"), misconfigured("AccountSuspendedException")],
  ["paused", no(400, "SendingPausedException"), misconfigured("SendingPausedException")],
  ["limit reached", no(400, "LimitExceededException"), misconfigured("LimitExceededException")],
  [
    "bad signature",
    no(403, "InvalidSignatureException:"),
    misconfigured("InvalidSignatureException"),
  ],
  ["rate limited", no(429, "TooManyRequestsException"), unavailable("TooManyRequestsException")],
  [
    "rate limited, named in the body",
    answer(429, { __type: "TooManyRequestsException", message: "slow" }),
    unavailable("TooManyRequestsException"),
  ],
  ["internal error", no(500, "InternalFailure"), unavailable("InternalFailure")],
  ["an unknown error", no(400, "SomethingNew"), misconfigured("SomethingNew")],
]);
