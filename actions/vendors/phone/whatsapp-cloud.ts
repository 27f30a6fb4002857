import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { jsonPost } from "../request.ts";
import { namesParameter } from "../parameter.ts";
import { whatsappTemplate } from "../whatsapp.ts";

export const settings = {
  phoneNumberId: {
    description:
      'ID of the business phone number that sends (not the number), under "API Setup" of Meta\'s app.',
    type: "text",
    pattern: "[0-9]+",
    expected: "digits",
  },
  accessToken: {
    description:
      "Access token of a system user with `whatsapp_business_messaging`; one that does not expire.",
    type: "secret",
  },
  template: {
    description:
      'Approved template of the category "authentication", with a button that copies the code.',
    type: "text",
    pattern: "[a-z0-9_]+",
    expected: "a template's name",
  },
  templateLanguages: {
    description:
      "Languages that the template is approved in, separated by commas; the first is for everybody whose language is not there.",
    type: "text",
    default: "en_US",
    pattern: "[a-z]{2,3}(_[A-Z]{2})?(,[a-z]{2,3}(_[A-Z]{2})?)*",
    expected: "languages like en_US,de",
  },
  version: {
    description: "Version of the Graph API; Meta keeps each for about two years.",
    type: "text",
    default: "v24.0",
    pattern: "v[0-9]+\\.[0-9]+",
    expected: "like v24.0",
  },
} as const satisfies SettingsSpec;

// `error.code` of https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes.
// What is not listed is the account's fault: templates, parameters, payment, permissions. 3 comes with
// status 500 and yet is a missing permission. The refusals are WhatsApp's own (no WhatsApp there, the
// own number, an unsupported type, an experiment, a limit of this pair of numbers), so they close
// nothing but this medium. 130497 is a country that the business may not message.
const codes = {
  recipient_refused: [130472, 131021, 131026, 131049, 131050, 131051, 131056],
  destination_refused: [130497],
  account_fault: [3, 131045],
  not_sent: [1, 2, 4, 80007, 130429, 131000, 131016, 131057, 133004],
};

const whatsappCloud: PhoneVendor<typeof settings> = {
  name: "whatsapp-cloud",
  idempotent: false,
  needsCode: true,

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
    const error = field(response.json, "error");
    const code = codeText(field(error, "code"));
    const accepted = codeText(field(response.json, "messages", 0, "id")) !== undefined;
    const verdict = byCode(codes, code) ?? byStatus(response, accepted, code);
    // An invalid parameter (131009) may be the number; 100 is also what a wrong phoneNumberId gives.
    const to =
      code === "131009" && namesParameter(field(error, "error_data", "details"), "to", "recipient");
    return to || verdict.kind === "recipient_refused"
      ? { kind: "recipient_refused", code, otherMedium: true }
      : verdict;
  },
};

export { whatsappCloud as vendor };

export const about: About = {
  title: "WhatsApp Cloud",
  idempotency: "none; `biz_opaque_callback_data` only correlates",
  media: ["whatsapp"],
  accepted: "2xx with a `messages[0].id`",
  recipientRefused:
    "130472, 131021, 131026 (not on WhatsApp), 131049, 131050, 131051, 131056, and 131009 about `to`: all close this medium only",
  destinationRefused: "130497",
  accountFault:
    "any other code or 4xx, e.g. 3, 10, 100, 190, 131008, 131030, 131042, 132000 to 132016",
  notSent: "1, 2, 4, 80007, 130429, 131000, 131016, 131057, 133004; 408, 425, 429, 5xx except 504",
  notes: [
    "The text is the template's: text, sender and lifetime of the message are not used (`message_send_ttl_seconds` of the template limits the lifetime), and a message without a code goes to the next vendor.",
    "The code has up to 15 characters.",
    "Meta tells of some numbers only by webhook that they are not on WhatsApp.",
  ],
};
