import { byCode, byRefusal, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { jsonPost, lifetimeWithin } from "../request.ts";
import { languageAmong } from "../language.ts";

export const settings = {
  accessKey: {
    description: "Live access key of the account, from the dashboard's developer settings.",
    type: "secret",
  },
  voice: {
    description: "Voice that reads in calls.",
    type: "choice",
    of: ["female", "male"],
    default: "female",
  },
  repeat: {
    description:
      "How often a call reads the text; twice, since nobody has a pen ready the first time.",
    type: "number",
    default: 2,
    min: 1,
    max: 10,
  },
} as const satisfies SettingsSpec;

// From https://developers.messagebird.com/api/#api-errors. 9 and 10 are parameters that are missing
// or invalid, and `parameter` names them.
const codes = {
  account_fault: [2, 20, 21, 25, 98],
  not_sent: [99],
};
const ofTheMessage = /^(recipients?|msisdn|body)\b/;
const noRecipient = /\brecipients? found/;

// From `statusReason` of a message, https://developers.messagebird.com/api/sms-messaging/.
const reasons = {
  recipient_refused: ["unknown subscriber", "opted out"],
  account_fault: ["insufficient balance"],
};

// From the voice messaging API, the usual country of a language first.
const languages =
  "cy-gb,da-dk,de-de,el-gr,en-us,en-au,en-gb,en-in,es-es,es-mx,es-us,fr-fr,fr-ca,id-id,is-is,it-it,ja-jp,ko-kr,ms-my,nb-no,nl-nl,pl-pl,pt-br,pt-pt,ro-ro,ru-ru,sv-se,ta-in,th-th,tr-tr,vi-vn,zh-cn,zh-hk";

const messagebird: PhoneVendor<typeof settings> = {
  name: "messagebird",
  idempotent: false,

  request({ message, settings, secrets, key }) {
    const spoken = message.medium === "voice";
    return jsonPost(
      `https://rest.messagebird.com/${spoken ? "voicemessages" : "messages"}`,
      { authorization: `AccessKey ${secrets.accessKey}` },
      {
        originator: message.from,
        recipients: message.to,
        body: message.text,
        reference: key,
        ...(spoken
          ? {
              language: languageAmong(languages, message.locale) ?? "en-us",
              voice: settings.voice,
              repeat: settings.repeat,
            }
          : // The default, `plain`, loses what is not in the GSM alphabet.
            { validity: lifetimeWithin(message, 1, 172_800), datacoding: "auto" }),
      },
    );
  },

  verdict(response) {
    const { json } = response;
    const error = field(json, "errors", 0);
    const code = field(error, "code");
    const parameter = codeText(field(error, "parameter")) ?? "";
    const description = codeText(field(error, "description")) ?? "";
    if (/^(9|10)$/.test(codeText(code) ?? ""))
      return ofTheMessage.test(parameter) || (!parameter && noRecipient.test(description))
        ? { kind: "recipient_refused", code: codeText(code) }
        : byRefusal(response, code);
    const item = field(json, "recipients", "items", 0);
    const status = codeText(field(item, "status"));
    if (status === "delivery_failed" || status === "expired")
      return byCode(reasons, field(item, "statusReason")) ?? { kind: "not_sent", code: status };
    const accepted = codeText(field(json, "id")) !== undefined;
    return byCode(codes, code) ?? byStatus(response, accepted, code);
  },
};

export { messagebird as vendor };

export const about: About = {
  title: "MessageBird",
  idempotency: "none",
  media: ["text", "voice"],
  needs: { text: ["from"], voice: ["from"] },
  accepted: "2xx with an `id` and a recipient whose status is not `delivery_failed` or `expired`",
  recipientRefused:
    "errors 9 and 10 about `recipients` or `body`; a 2xx whose `statusReason` is unknown subscriber or opted out",
  accountFault: "errors 2, 20, 21, 25, 98; 9 and 10 about any other parameter; any other 4xx",
  notSent:
    "error 99; 408, 425, 429, 5xx except 504; a 2xx with the status `delivery_failed` or `expired`",
  notes: [
    "A spoken language that MessageBird lacks is read by the American voice.",
    "Access keys of the old dashboard only: Bird's new platform has another API.",
  ],
};
