export const phoneMessageTypes = [
  "otp_verify",
  "otp_enroll",
  "change_password",
  "blocked_account",
  "password_breach",
] as const;
export type PhoneMessageType = (typeof phoneMessageTypes)[number];

/** A phone template as the Management API shows it. */
export interface PhoneTemplate {
  readonly id: string;
  readonly tenant: string;
  readonly channel: "phone";
  readonly type: PhoneMessageType;
  readonly disabled: boolean;
  readonly created_at: string;
  readonly updated_at: string;
  readonly content: {
    readonly syntax: "liquid";
    readonly body: { readonly text?: string | undefined; readonly voice?: string | undefined };
    readonly from?: string | undefined;
  };
}

/** What a message says where no template is set. */
export const defaultPhoneTexts: Readonly<
  Record<PhoneMessageType, { text: string; voice: string }>
> = {
  otp_verify: both("Your verification code is {{ code }}"),
  otp_enroll: both("Your enrollment code is {{ code }}"),
  change_password: both("Your password has been changed"),
  blocked_account: both("Your account has been blocked"),
  password_breach: both("Your password was found in a breach: please change it"),
};

/** What a message of a type says: the tenant's template where it has one that is not disabled. */
export function phoneTexts(
  templates: ReadonlyMap<string, PhoneTemplate>,
  type: PhoneMessageType,
): { readonly text: string; readonly voice: string; readonly from: string | undefined } {
  const content = [...templates.values()].find(
    (one) => one.type === type && !one.disabled,
  )?.content;
  const { text, voice } = defaultPhoneTexts[type];
  return {
    text: content?.body.text ?? text,
    voice: content?.body.voice ?? voice,
    from: content?.from,
  };
}

function both(words: string): { text: string; voice: string } {
  return { text: words, voice: words };
}
