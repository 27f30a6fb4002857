import type { PhoneMessage } from "../../delivery/message.ts";
import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsOf, SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { basic, jsonPost, lifetimeWithin, passcode, withoutPlus } from "../request.ts";
import { languageAmong } from "../language.ts";
import { namesParameter } from "../parameter.ts";
import { whatsappTemplate } from "../whatsapp.ts";

export const settings = {
  apiKey: {
    description: "API key of the account, on the first page of Vonage's dashboard.",
    type: "text",
  },
  apiSecret: { description: "API secret that belongs to the key.", type: "secret" },
  template: {
    description: "WhatsApp template that carries the code; needed for the channel `whatsapp`.",
    type: "text",
    optional: true,
  },
  templateLanguages: {
    description:
      "Languages that the template is approved in, separated by commas; the first is for everybody whose language is not there.",
    type: "text",
    default: "en_US",
    pattern: "[a-z]{2,3}(_[A-Z]{2})?(,[a-z]{2,3}(_[A-Z]{2})?)*",
    expected: "languages like en_US,de",
  },
  templateKind: {
    description:
      "`authentication` for a template of WhatsApp's category of that name (the code in text and button), `text` for an older one (`namespace:name`, the code in the text alone).",
    type: "choice",
    of: ["authentication", "text"],
    default: "authentication",
  },
} as const satisfies SettingsSpec;

// From https://developer.vonage.com/en/api-errors/messages and, for all APIs,
// https://developer.vonage.com/en/api-errors: the `type` of an error is an address that ends in one of
// these. 1160 and 1260 are destinations that the account has not allowed, 1250 is a network without a
// route, 147x are Vonage's fraud guards. What is not listed is the account's fault.
const codes = {
  recipient_refused: [
    ...[1040, 1050, 1090, 1170, 1190, 1200, 1210, 1240, 1270, 1280, 1290, 1300, 1310, 1430],
    ...[1470, 1472, 1473, 1474, 1475],
  ],
  destination_refused: [1160, 1250, 1251, 1260],
  not_sent: [1000, 1030, 1100, 1180, 1220, 1230, 1241, 1330, 1331, "throttled"],
  // "Message already sent".
  unknown: [1320],
};
/** Missing and invalid parameters: the body names which. */
const parameters = ["1010", "1020", "1150", "1170", "1430", "invalid-params"];

// The recipient is not on WhatsApp (1300), or has a device that cannot show it (1310).
const otherMedium = ["1300", "1310"];

/** Whom an error blames by the parameters that it names. */
function blamed(json: unknown): "account_fault" | "recipient_refused" | undefined {
  const list = field(json, "invalid_parameters");
  const named = (Array.isArray(list) ? list : []).map((one) => field(one, "name"));
  const said = [field(json, "detail"), ...named];
  if (said.some((text) => namesParameter(text, "from", "sender"))) return "account_fault";
  return said.some((text) => namesParameter(text, "to", "text")) ? "recipient_refused" : undefined;
}

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
              // Vonage takes 20 s to 7 days.
              ttl: lifetimeWithin(message, 20, 604_800),
            }),
      },
    ),

  verdict(response) {
    const { json } = response;
    const code = /#([\w-]+)$/.exec(codeText(field(json, "type")) ?? "")?.[1];
    const accepted = codeText(field(json, "message_uuid")) !== undefined;
    const verdict = byCode(codes, code) ?? byStatus(response, accepted, code);
    if (code === undefined) return verdict;
    if (otherMedium.includes(code)) return { ...verdict, otherMedium: true };
    const kind = parameters.includes(code) ? blamed(json) : undefined;
    return kind ? { ...verdict, kind } : verdict;
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
    "1040, 1050, 1090, 1170, 1190, 1200, 1210, 1240, 1270, 1280, 1290, 1430, 1470 to 1475; 1010, 1020, 1150 and `invalid-params` if they name `to` or `text`; 1300 and 1310 close WhatsApp only",
  destinationRefused: "1160, 1250, 1251, 1260",
  accountFault:
    "any other code or 4xx, e.g. 1022, 1060, 1070, 1120, 1140, `low-balance`; whatever names `from`",
  notSent:
    "1000, 1030, 1100, 1180, 1220, 1230, 1241, 1330, 1331, `throttled`; 408, 425, 429, 5xx except 504",
  notes: [
    "Needs a sender; on WhatsApp that is the business number.",
    "A message without a code goes to the next vendor on WhatsApp, where only templates may be sent.",
  ],
};
