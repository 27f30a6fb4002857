import type { PhoneMessage } from "../../delivery/message.ts";
import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsOf, SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { basic, jsonPost, passcode, withoutPlus } from "../request.ts";
import { languageAmong } from "../language.ts";
import { whatsappTemplate } from "../whatsapp.ts";

export const settings = {
  /** API key of the account, on the first page of Vonage's dashboard. */
  apiKey: { type: "text" },
  /** API secret that belongs to the key. */
  apiSecret: { type: "secret" },
  /** WhatsApp template that carries the code; needed for the channel `whatsapp`. */
  template: { type: "text", optional: true },
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
  /**
   * `authentication` for a template of WhatsApp's category of that name (the code in text and
   * button), `text` for an older one (`namespace:name`, the code in the text alone).
   */
  templateKind: { type: "choice", of: ["authentication", "text"], default: "authentication" },
} as const satisfies SettingsSpec;

// From Vonage's table of Messages API errors and its table of errors common to all APIs: the `type`
// of an error is an address that ends in one of these. Other than its neighbours, 1022 is the
// template's and 1060 the whole account's fault: they say nothing against the recipient.
const codes = {
  recipient_refused: [
    ...[1010, 1020, 1021, 1040, 1050, 1090, 1120, 1130, 1150, 1170, 1190, 1240, 1300, 1310, 1430],
    ...[1470, 1472, 1473, 1474, 1475, 2001],
  ],
  account_fault: [
    ...[1022, 1060, 1070, 1080, 1140, 1160, 1242, 1340, 1400, 1420, 1440, 1460, 1476],
    ...[1480, 1481, 1482, 1483, 1484, "low-balance", "unauthorized", "forbidden", "unprovisioned"],
    ...["account-suspended", "application-suspended", "invalid-api-key", "invalid-ip"],
  ],
  not_sent: [
    ...[1000, 1030, 1100, 1180, 1220, 1230, 1241, 1250, 1251, 1260, 1330, 1331, "throttled"],
  ],
};

// The recipient is not on WhatsApp (1300), or has a device that cannot show it (1310).
const otherMedium = ["1300", "1310"];

function whatsapp(message: PhoneMessage, given: SettingsOf<typeof settings>): object {
  const { template: name, templateLanguages: languages } = given;
  if (!name) throw new Error("expected the setting 'template' for the channel whatsapp, got none");
  if (given.templateKind === "authentication")
    return {
      message_type: "custom",
      custom: { type: "template", template: whatsappTemplate(name, languages, message) },
    };
  const locale = languageAmong(languages, message.locale) ?? languages.split(",")[0];
  return {
    message_type: "template",
    whatsapp: { policy: "deterministic", locale },
    template: { name, parameters: [passcode(message)] },
  };
}

const vonageMessages: PhoneVendor<typeof settings> = {
  name: "vonage-messages",
  idempotent: false,

  request: ({ message, settings, secrets, key }) =>
    jsonPost(
      "https://api.nexmo.com/v1/messages",
      { authorization: basic(settings.apiKey, secrets.apiSecret) },
      {
        to: withoutPlus(message.to),
        from: message.from && withoutPlus(message.from),
        client_ref: key,
        ...(message.medium === "whatsapp"
          ? { channel: "whatsapp", ...whatsapp(message, settings) }
          : {
              channel: "sms",
              message_type: "text",
              text: message.text,
              // Vonage takes no less than 20 s.
              ttl: Math.max(20, message.lifetimeS),
            }),
      },
    ),

  verdict(response) {
    const code = /#([\w-]+)$/.exec(codeText(field(response.json, "type")) ?? "")?.[1];
    const accepted = codeText(field(response.json, "message_uuid")) !== undefined;
    const verdict = byCode(codes, code) ?? byStatus(response, accepted, code);
    return code && otherMedium.includes(code) ? { ...verdict, otherMedium: true } : verdict;
  },
};

export { vonageMessages as vendor };

export const about: About = {
  title: "Vonage Messages",
  idempotency: "none; `client_ref` only correlates",
  media: ["text", "whatsapp"],
  needs: { text: ["from"], whatsapp: ["from", "template"] },
  accepted: "2xx with a `message_uuid`",
  recipientRefused:
    "1010, 1020, 1021, 1040, 1050, 1090, 1120, 1130, 1150, 1170, 1190, 1240, 1430, 1470 to 1475, 2001; 1300 and 1310 close WhatsApp only; other 4xx",
  accountFault:
    "1022, 1060, 1070, 1080, 1140, 1160, 1242, 1340, 1400, 1420, 1440, 1460, 1476, 1480 to 1484, `low-balance` and other account errors; 401 to 404",
  notSent:
    "1000, 1030, 1100, 1180, 1220, 1230, 1241, 1250, 1251, 1260, 1330, 1331, `throttled`; 408, 425, 429, 5xx; a 2xx without a `message_uuid`",
  notes: [
    "Needs a sender; on WhatsApp that is the business number.",
    "A message without a code goes to the next vendor on WhatsApp, where only templates may be sent.",
  ],
};
