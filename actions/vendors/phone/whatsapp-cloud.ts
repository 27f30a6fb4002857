import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { jsonPost } from "../request.ts";
import { whatsappTemplate } from "../whatsapp.ts";

export const settings = {
  /** ID of the business phone number that sends (not the number), under "API Setup" of Meta's app. */
  phoneNumberId: { type: "text", pattern: "[0-9]+", expected: "digits" },
  /** Access token of a system user with `whatsapp_business_messaging`; one that does not expire. */
  accessToken: { type: "secret" },
  /** Approved template of the category "authentication", with a button that copies the code. */
  template: { type: "text", pattern: "[a-z0-9_]+", expected: "a template's name" },
  /**
   * Languages that the template is approved in, separated by commas; the first is for everybody
   * whose language is not there.
   */
  templateLanguages: {
    type: "text",
    default: "en_US",
    pattern: "[a-z]{2,3}(_[A-Z]{2})?(,[a-z]{2,3}(_[A-Z]{2})?)*",
    expected: "languages like en_US,de",
  },
  /** Version of the Graph API; Meta keeps each for about two years. */
  version: { type: "text", default: "v24.0", pattern: "v[0-9]+\\.[0-9]+", expected: "like v24.0" },
} as const satisfies SettingsSpec;

// `error.code` of Meta's list of Cloud API errors. 3 comes with status 500 and yet is a missing
// permission; 100 is also what a wrong phoneNumberId gives, so it is held against no recipient.
const codes = {
  recipient_refused: [131008, 131009, 131021, 131026, 131056],
  account_fault: [
    ...[0, 3, 10, 33, 100, 190, 368, 130497, 131005, 131030, 131031, 131037, 131042, 131045],
    ...[131048, 132000, 132001, 132005, 132007, 132012, 132015, 132016, 133010],
  ],
  not_sent: [1, 2, 4, 80007, 130429, 131000, 131016, 131057, 133004],
};

const whatsappCloud: PhoneVendor<typeof settings> = {
  name: "whatsapp-cloud",
  idempotent: false,

  request: ({ message, settings, secrets, key }) =>
    jsonPost(
      `https://graph.facebook.com/${settings.version}/${settings.phoneNumberId}/messages`,
      { authorization: `Bearer ${secrets.accessToken}` },
      {
        messaging_product: "whatsapp",
        recipient_type: "individual",
        to: message.to,
        type: "template",
        template: whatsappTemplate(settings.template, settings.templateLanguages, message),
        biz_opaque_callback_data: key,
      },
    ),

  verdict(response) {
    const code = codeText(field(response.json, "error", "code"));
    if (code === "131026") return { kind: "recipient_refused", code, otherMedium: true };
    const accepted = codeText(field(response.json, "messages", 0, "id")) !== undefined;
    return byCode(codes, code) ?? byStatus(response, accepted, code);
  },
};

export { whatsappCloud as vendor };

export const about: About = {
  title: "WhatsApp Cloud",
  idempotency: "none; `biz_opaque_callback_data` only correlates",
  media: ["whatsapp"],
  accepted: "2xx with a `messages[0].id`",
  recipientRefused:
    "131026 (not on WhatsApp) closes this channel only; 131008, 131009, 131021, 131056; other 4xx",
  accountFault:
    "0, 3, 10, 33, 100, 190, 368, 130497, 131005, 131030, 131031, 131037, 131042, 131045, 131048, 132000 to 132016, 133010; 401 to 404",
  notSent:
    "1, 2, 4, 80007, 130429, 131000, 131016, 131057, 133004; 408, 425, 429, 5xx; a 2xx without a message",
  notes: [
    "The text is the template's: text, sender and lifetime of the message are not used (`message_send_ttl_seconds` of the template limits the lifetime), and a message without a code goes to the next vendor.",
    "The code has up to 15 characters.",
    "Meta tells of some numbers only by webhook that they are not on WhatsApp.",
  ],
};
