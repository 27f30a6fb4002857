/** How one attempt reaches a phone. */
export type Medium = "text" | "voice" | "whatsapp";

/** An e-mail address with the name that is shown beside it. */
export interface Mailbox {
  /** `local@domain`; the domain in ASCII (punycode) form. */
  readonly address: string;
  /** Shown name, in Unicode, unquoted. */
  readonly name?: string | undefined;
}

/** One e-mail, complete and checked: a vendor adds nothing but its own wire format. */
export interface EmailMessage {
  readonly to: string;
  readonly from: Mailbox;
  readonly replyTo?: Mailbox | undefined;
  readonly subject: string;
  readonly html: string;
  /** Never empty: made from `html` where Auth0 gives none. */
  readonly text: string;
  /** Auth0's message type, e.g. `verification_code`; vendors get it as tag or category. */
  readonly messageType: string;
  /** The one-time passcode, if the HTML marks it: e-mail events have no field for it. */
  readonly code?: string | undefined;
  /** BCP 47 tag. */
  readonly locale?: string | undefined;
}

/** One text message, call or WhatsApp message to one phone. */
export interface PhoneMessage {
  readonly medium: Medium;
  /** E.164, e.g. `+15005550006`. */
  readonly to: string;
  /** Number in E.164 or alphanumeric sender; absent where the vendor picks one. */
  readonly from?: string | undefined;
  /** What is written or, on the voice channel, spoken (digits already apart). Never empty. */
  readonly text: string;
  /** The one-time passcode, where the message type has one. */
  readonly code?: string | undefined;
  readonly messageType: string;
  /** BCP 47 tag, e.g. `de` or `de-DE`. */
  readonly locale?: string | undefined;
  /** ISO 3166 code of the recipient's country, where the environment names it. */
  readonly country?: string | undefined;
  /** The end user's address, for vendors' own fraud guards. */
  readonly ip?: string | undefined;
  /**
   * Seconds for which the code still works; vendors drop what waits longer in their queue.
   *
   * @default none: a message without a code does not expire
   */
  readonly lifetimeS?: number | undefined;
}
