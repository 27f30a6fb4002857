import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { jsonPost } from "../request.ts";
import { languageAmong, spokenLanguage } from "../language.ts";

export const settings = {
  /** Live access key of the account, from the dashboard's developer settings. */
  accessKey: { type: "secret" },
  /** Voice that reads in calls. */
  voice: { type: "choice", of: ["female", "male"], default: "female" },
  /** How often a call reads the text; twice, since nobody has a pen ready the first time. */
  repeat: { type: "number", default: 2, min: 1, max: 10 },
} as const satisfies SettingsSpec;

// From the API errors of MessageBird's REST API. 9 and 10 are parameters that are missing or
// invalid, 21 a bad request.
const codes = {
  recipient_refused: [9, 10, 21],
  account_fault: [2, 20, 25, 98],
  not_sent: [99],
};

// From the voice messaging API, the usual country of a language first.
const languages =
  "cy-gb,da-dk,de-de,el-gr,en-us,en-au,en-gb,en-in,es-es,es-mx,es-us,fr-fr,fr-ca,id-id,is-is,it-it,ja-jp,ko-kr,ms-my,nb-no,nl-nl,pl-pl,pt-br,pt-pt,ro-ro,ru-ru,sv-se,ta-in,th-th,tr-tr,vi-vn,zh-cn,zh-hk";

const messagebird: PhoneVendor<typeof settings> = {
  name: "messagebird",
  idempotent: false,

  request({ message, settings, secrets, key }) {
    const spoken = message.medium === "voice";
    const language = spokenLanguage(message.locale).replace(/^no/, "nb");
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
              language: languageAmong(languages, language) ?? "en-us",
              voice: settings.voice,
              repeat: settings.repeat,
            }
          : // The default, `plain`, loses what is not in the GSM alphabet.
            { validity: message.lifetimeS, datacoding: "auto" }),
      },
    );
  },

  verdict(response) {
    const { json } = response;
    const code = field(json, "errors", 0, "code");
    const verdict = byCode(codes, code);
    // The sender is the environment's, not the user's.
    if (verdict && field(json, "errors", 0, "parameter") === "originator")
      return { ...verdict, kind: "account_fault" };
    const status = field(json, "recipients", "items", 0, "status");
    const accepted =
      codeText(field(json, "id")) !== undefined &&
      status !== "delivery_failed" &&
      status !== "expired";
    return verdict ?? byStatus(response, accepted, code);
  },
};

export { messagebird as vendor };

export const about: About = {
  title: "MessageBird",
  idempotency: "none",
  media: ["text", "voice"],
  needs: { text: ["from"], voice: ["from"] },
  accepted: "2xx with an `id` and a recipient whose status is not `delivery_failed` or `expired`",
  recipientRefused: "errors 9, 10, 21; other 4xx",
  accountFault: "errors 2, 20, 25, 98; 9 and 10 about the originator; 401 to 404",
  notSent: "error 99; 408, 425, 429, 5xx; any other 2xx",
  notes: [
    "A spoken language that MessageBird lacks is read by the American voice.",
    "Access keys of the old dashboard only: Bird's new platform has another API.",
  ],
};
