import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { jsonPost, passcode } from "../request.ts";

export const settings = {
  /** API key of the v2 API, from "API Keys" in Prelude's dashboard. */
  apiToken: { type: "secret" },
  /** Verification template (`template_…`), from Prelude's dashboard; without it, the default one. */
  templateId: { type: "text", optional: true },
  /** Sender that Prelude has enabled for the account; without it, Prelude picks one. */
  senderId: { type: "text", optional: true },
} as const satisfies SettingsSpec;

const media = {
  text: { method: "message", preferred_channel: "sms" },
  voice: { method: "voice" },
  whatsapp: { method: "message", preferred_channel: "whatsapp" },
};

// What stands as `code` in an error, from Prelude's list of v2 error codes.
const codes = {
  recipient_refused: ["blocked", "invalid_phone_number", "invalid_line_type"],
  account_fault: [
    ...["invalid_api_key", "invalid_api_token", "invalid_bearer_token", "insufficient_balance"],
    ...["suspended_account", "custom_code_not_allowed", "channel_not_enabled_in_region"],
    ...["invalid_sender_id", "invalid_template_id", "invalid_template_variables"],
  ],
  not_sent: ["internal"],
};

// What stands as `status` in a 200, from Prelude's SDK: `challenged` is sent, but by no SMS or
// call, and `shadow_blocked` is sent in spite of a rule that is being tried out.
const sent = ["success", "retry", "challenged", "shadow_blocked"];

const prelude: PhoneVendor<typeof settings> = {
  name: "prelude",
  idempotent: false,

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
          locale: message.locale,
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
    const status = codeText(field(response.json, "status"));
    if (response.status === 200 && status === "blocked")
      return {
        kind: "recipient_refused",
        code: codeText(field(response.json, "reason")) ?? status,
      };
    const code = field(response.json, "code");
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
    "200 with `status` blocked; `blocked`, `invalid_phone_number`, `invalid_line_type`; other 4xx",
  accountFault:
    "`invalid_api_key`, `insufficient_balance`, `suspended_account`, `custom_code_not_allowed`, `channel_not_enabled_in_region`, a wrong template or sender; 401 to 404",
  notSent: "`internal`; 408, 425, 429, 5xx; a 2xx without such a `status`",
  notes: [
    "The text is Prelude's own template around Auth0's code: text, sender and lifetime of the message are not used, and a message without a code goes to the next vendor.",
    "Prelude has to enable custom codes for the account; they have 4 to 8 digits.",
    "The channel is a preference: Prelude may take another one where the asked one is closed.",
  ],
};
