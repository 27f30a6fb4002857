import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { basic, formPost, passcode } from "../request.ts";
import { languageAmong } from "../language.ts";

export const settings = {
  /** Account SID (`AC…`), on the first page of Twilio's console. */
  accountSid: { type: "text", pattern: "AC[0-9a-f]{32}", expected: "AC and 32 hexadecimal digits" },
  /** Auth token of the account. */
  authToken: { type: "secret" },
  /** Verify Service (`VA…`); Twilio has to allow custom codes for it. */
  serviceSid: { type: "text", pattern: "VA[0-9a-f]{32}", expected: "VA and 32 hexadecimal digits" },
  /** Name in the message, instead of the Verify Service's own; Twilio has to allow it. */
  friendlyName: { type: "text", optional: true },
  /** Twilio's fraud guard for this message; without it, as the Verify Service is set. */
  riskCheck: { type: "choice", of: ["enable", "disable"], optional: true },
} as const satisfies SettingsSpec;

// What Twilio documents templates for. Whether it refuses other tags is unverified, so they stay out.
const languages =
  "af,ar,ca,cs,da,de,el,en,en-GB,es,fi,fr,he,hi,hr,hu,id,it,ja,ko,ms,nb,nl,pl,pt,pt-BR,ro,ru,sv,th,tl,tr,vi,zh,zh-CN,zh-HK";

const media = { text: "sms", voice: "call", whatsapp: "whatsapp" };

// From Twilio's error and warning dictionary. 60203 (five codes to one number in ten minutes)
// comes as a 429, but waiting a second does not help.
const codes = {
  recipient_refused: [60200, 60203, 60205, 60410, 60412],
  account_fault: [20003, 60201, 60204, 60206, 60214, 60217, 60220, 60223, 60238, 575001],
  not_sent: [20429, 60207, 60212],
};

const twilioVerify: PhoneVendor<typeof settings> = {
  name: "twilio-verify",
  idempotent: false,

  request: ({ message, settings, secrets }) =>
    formPost(
      `https://verify.twilio.com/v2/Services/${settings.serviceSid}/Verifications`,
      { authorization: basic(settings.accountSid, secrets.authToken) },
      {
        To: message.to,
        Channel: media[message.medium],
        CustomFriendlyName: settings.friendlyName,
        Locale: languageAmong(languages, message.locale),
        CustomCode: passcode(message),
        DeviceIp: message.ip,
        RiskCheck: settings.riskCheck,
      },
    ),

  verdict(response) {
    const code = field(response.json, "code");
    const accepted = codeText(field(response.json, "sid")) !== undefined;
    return byCode(codes, code) ?? byStatus(response, accepted, code);
  },
};

export { twilioVerify as vendor };

export const about: About = {
  title: "Twilio Verify",
  idempotency: "none",
  media: ["text", "voice", "whatsapp"],
  accepted: "2xx with a `sid`",
  recipientRefused: "60200, 60203 (a 429), 60205, 60410, 60412; other 4xx",
  accountFault: "20003, 60201, 60204, 60206, 60214, 60217, 60220, 60223, 60238, 575001; 401 to 404",
  notSent: "20429, 60207, 60212; 408, 425, 429, 5xx; a 2xx without a `sid`",
  notes: [
    "The text is Twilio's own template around Auth0's code: text, sender and lifetime of the message are not used, and a message without a code goes to the next vendor.",
    "The code has 4 to 10 characters.",
    "Auth0 checks the code, so Twilio never learns that it was right: it refuses the sixth code to one number in ten minutes (60203).",
  ],
};
