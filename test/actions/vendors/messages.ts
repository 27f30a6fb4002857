import type { EmailMessage, PhoneMessage } from "../../../actions/delivery/message.ts";

/** The idempotency key that the captured requests carry as their reference. */
export const key = "ref-0001";

/** The plain e-mail of the captured requests, with what a case changes. */
export function email(change: Partial<EmailMessage> = {}): EmailMessage {
  return {
    to: "jo@example.org",
    from: { name: "Example", address: "login@example.com" },
    subject: "Your code is 123456",
    html: "<p>Your code is <b>123456</b></p>",
    text: "Your code is 123456",
    messageType: "otp",
    code: "123456",
    ...change,
  };
}

/** The plain text message of the captured requests, with what a case changes. */
export function phone(change: Partial<PhoneMessage> = {}): PhoneMessage {
  return {
    medium: "text",
    to: "+15005550006",
    from: "+15005550001",
    text: "123456 is your verification code for Example",
    code: "123456",
    messageType: "otp_verify",
    lifetimeS: 180,
    ...change,
  };
}

/** The plain text message without a sender, for vendors that pick one. */
export function senderless(): PhoneMessage {
  const message = phone();
  Reflect.deleteProperty(message, "from");
  return message;
}

/** The German message with emoji, en dash and an origin-bound last line of the `-B` cases. */
export const german = {
  to: "+4915112345678",
  from: "+4915112345679",
  text: "Dein Code ist 987654 – gültig für 3 Minuten ✅\n\n@example.com #987654",
  code: "987654",
} as const;

/** An e-mail whose every field holds what encodings and quoting get wrong. */
export const awkward = {
  from: { name: 'Zoë "Ops" Müller, Beispiel GmbH', address: "login@example.com" },
  replyTo: { name: "Hilfe; Büro <Süd>", address: "help@example.com" },
  subject: "Dein Code – für „Jo“ & Söhne ✅",
  html: '<p title="a&amp;b">Code: <b>987654</b> &lt;5 €&gt;</p>\r\n<p>\u{1F510}</p>',
  text: "Code: 987654\nGültig für 3 Minuten ✅\n\n@example.com #987654",
  messageType: "verification_code",
  code: "987654",
  locale: "de-AT",
} as const;

/**
 * What breaks careless e-mail adapters: a quoted display name with a comma, text beyond ASCII and
 * beyond the basic plane, both kinds of line break, HTML that must not be escaped again.
 */
export const hardEmail = email({
  to: "jo+zoë@example.org",
  from: { name: 'Müller "Konto", 日本 & Söhne', address: "login@xn--mller-kva.example" },
  replyTo: { name: "Hilfe, Ä.", address: "help@example.com" },
  subject: 'Ihr Code – 123456 ✅ 😀 "neu" & <sicher>',
  html: '<p class="a">Code &amp; "mehr": <b>123456</b> ✅ 😀</p>\n<a href="https://example.com/?a=1&b=2">ok</a>',
  text: "Ihr Code ist 123456 ✅ 😀\r\nZeile zwei\n\n@example.com #123456",
});
