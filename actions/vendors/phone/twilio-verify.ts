import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { basic, formPost, passcode } from "../request.ts";
import { languageAmong } from "../language.ts";
import { namesParameter } from "../parameter.ts";

export const settings = {
  accountSid: {
    description: "Account SID (`AC…`), on the first page of Twilio's console.",
    type: "text",
    pattern: "AC[0-9a-f]{32}",
    expected: "AC and 32 hexadecimal digits",
  },
  authToken: { description: "Auth token of the account.", type: "secret" },
  serviceSid: {
    description: "Verify Service (`VA…`); Twilio has to allow custom codes for it.",
    type: "text",
    pattern: "VA[0-9a-f]{32}",
    expected: "VA and 32 hexadecimal digits",
  },
  friendlyName: {
    description:
      "Name in the message, instead of the Verify Service's own; Twilio has to allow it.",
    type: "text",
    optional: true,
  },
  riskCheck: {
    description: "Twilio's fraud guard for this message; without it, as the Verify Service is set.",
    type: "choice",
    of: ["enable", "disable"],
    optional: true,
  },
} as const satisfies SettingsSpec;

// What Twilio documents templates for. Whether it refuses other tags is unverified, so they stay out.
const languages =
  "af,ar,ca,cs,da,de,el,en,en-GB,es,fi,fr,he,hi,hr,hu,id,it,ja,ko,ms,nb,nl,pl,pt,pt-BR,ro,ru,sv,th,tl,tr,vi,zh,zh-CN,zh-HK";

const media = { text: "sms", voice: "call", whatsapp: "whatsapp" };

// From https://www.twilio.com/docs/verify/api/error-codes and https://www.twilio.com/docs/api/errors.
// 60200 is an invalid parameter: `To`, unless another is named. 60203 (five codes to one number in ten
// minutes) comes as a 429, but waiting a second does not help. 60220 and 60605 are countries that the
// account may not send to.
const codes = {
  recipient_refused: [21211, 21610, 21614, 30450, 60200, 60203, 60205, 60410, 60412],
  destination_refused: [21408, 60220, 60605],
  account_fault: [20003],
  not_sent: [20429, 60207, 60212],
};

const twilioVerify: PhoneVendor<typeof settings> = {
  name: "twilio-verify",
  idempotent: false,
  needsCode: true,

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
    const { json } = response;
    const code = field(json, "code");
    const accepted =
      codeText(field(json, "sid")) !== undefined &&
      !/^(canceled|failed|expired)$/.test(codeText(field(json, "status")) ?? "");
    const verdict = byCode(codes, code) ?? byStatus(response, accepted, code);
    const others = ["Channel", "Locale", "Custom\\w+", "Template\\w+", "DeviceIp", "RiskCheck"];
    return verdict.code === "60200" && namesParameter(field(json, "message"), ...others)
      ? { ...verdict, kind: "account_fault" }
      : verdict;
  },
};

export { twilioVerify as vendor };

export const about: About = {
  title: "Twilio Verify",
  idempotency: "none",
  media: ["text", "voice", "whatsapp"],
  accepted: "2xx with a `sid`, unless its `status` is canceled, failed or expired",
  recipientRefused:
    "21211, 21610, 21614, 30450, 60200 unless it names another parameter than `To`, 60203 (a 429), 60205, 60410, 60412",
  destinationRefused: "21408, 60220, 60605",
  accountFault: "20003, 60200 for another parameter than `To`; any other 4xx",
  notSent: "20429, 60207, 60212; 408, 425, 429, 5xx except 504",
  notes: [
    "The text is Twilio's own template around Auth0's code: text, sender and lifetime of the message are not used, and a message without a code goes to the next vendor.",
    "The code has 4 to 10 characters.",
    "Auth0 checks the code, so Twilio never learns that it was right: it refuses the sixth code to one number in ten minutes (60203).",
  ],
};
