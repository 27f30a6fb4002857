import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { jsonPost, passcode } from "../request.ts";
import { languageTag } from "../language.ts";

export const settings = {
  apiToken: {
    description: 'API key of the v2 API, from "API Keys" in Prelude\'s dashboard.',
    type: "secret",
  },
  templateId: {
    description:
      "Verification template (`template_…`), from Prelude's dashboard; without it, the default one.",
    type: "text",
    optional: true,
  },
  senderId: {
    description: "Sender that Prelude has enabled for the account; without it, Prelude picks one.",
    type: "text",
    optional: true,
  },
} as const satisfies SettingsSpec;

const media = {
  text: { method: "message", preferred_channel: "sms" },
  voice: { method: "voice" },
  whatsapp: { method: "message", preferred_channel: "whatsapp" },
};

// What stands as `code` in an error, from https://docs.prelude.so/introduction/errors (those of v1 too).
// What is not listed is the account's fault.
const codes = {
  recipient_refused: [
    ...["blocked", "blocked_number", "invalid_line", "invalid_line_type", "invalid_phone_number"],
    "too_many_attempts",
  ],
  destination_refused: [
    "channel_not_enabled_in_region",
    "unsupported_country",
    "unsupported_region",
  ],
  not_sent: ["internal", "internal_server_error"],
};
// Reasons of a block that are about the SDK's signals, not about the recipient.
const ours = ["expired_signature", "invalid_signature"];

// What stands as `status` in a 200, from Prelude's SDK: `challenged` is sent, but by no SMS or
// call, and `shadow_blocked` is sent in spite of a rule that is being tried out.
const sent = ["success", "retry", "challenged", "shadow_blocked"];

const prelude: PhoneVendor<typeof settings> = {
  name: "prelude",
  idempotent: false,
  needsCode: true,

  request({ message, settings, secrets, key }) {
    // The text is Prelude's own, so it has to be told whom the code is bound to (WebOTP).
    const origin = /\n@(\S+) #\S+$/.exec(message.text)?.[1];
    return jsonPost(
      "https://api.prelude.dev/v2/verification",
      { authorization: `Bearer ${secrets.apiToken}` },
      {
        target: { type: "phone_number", value: message.to },
        options: {
          custom_code: passcode(message),
          locale: languageTag(message.locale),
          ...media[message.medium],
          integration: "auth0",
          template_id: settings.templateId,
          sender_id: settings.senderId,
          app_realm: origin && { platform: "web", value: origin },
        },
        signals: message.ip ? { ip: message.ip } : undefined,
        metadata: { correlation_id: key },
      },
    );
  },

  verdict(response) {
    const { json } = response;
    const status = codeText(field(json, "status"));
    if (response.status === 200 && status === "blocked") {
      const code = codeText(field(json, "reason")) ?? status;
      return { kind: ours.includes(code) ? "account_fault" : "recipient_refused", code };
    }
    const code = field(json, "code");
    return byCode(codes, code) ?? byStatus(response, sent.includes(status ?? ""), code);
  },
};

export { prelude as vendor };

export const about: About = {
  title: "Prelude",
  idempotency: "none; `correlation_id` only correlates",
  media: ["text", "voice", "whatsapp"],
  accepted: "200 with `status` success, retry, challenged or shadow_blocked",
  recipientRefused:
    "200 with `status` blocked, whatever the reason but a signature; `blocked`, `blocked_number`, `invalid_phone_number`, `invalid_line_type`, `invalid_line`, `too_many_attempts`",
  destinationRefused:
    "`channel_not_enabled_in_region`, `unsupported_country`, `unsupported_region`",
  accountFault:
    "any other code or 4xx, e.g. `bad_request`, `invalid_api_key`, `insufficient_balance`, `custom_code_not_allowed`",
  notSent: "`internal`; 408, 425, 429, 5xx except 504",
  notes: [
    "The text is Prelude's own template around Auth0's code: text, sender and lifetime of the message are not used, and a message without a code goes to the next vendor.",
    "Prelude has to enable custom codes for the account; they have 4 to 8 digits.",
    "The channel is a preference: Prelude may take another one if that one is closed.",
  ],
};
