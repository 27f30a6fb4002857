import { namesParameter } from "../parameter.ts";
import {
  byCode,
  byRefusal,
  byStatus,
  codeText,
  field,
  recipientVerdict,
  withoutAddresses,
} from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { jsonPost } from "../request.ts";

export const settings = {
  token: {
    type: "secret",
    description: "Send Mail token of the Mail Agent, with `Zoho-enczapikey ` before it or without.",
  },
  region: {
    type: "choice",
    of: ["com", "eu", "in", "com.au", "com.cn", "ca", "jp", "sa"],
    default: "com",
    description:
      "Data centre of the account, as in the address of its console (`zeptomail.zoho.eu`: `eu`).",
  },
} as const satisfies SettingsSpec;

// Source: https://www.zoho.com/zeptomail/help/api/error-codes.html. What is not listed is the account's: credits
// (LE_…), token and addresses allowed (SERR_…), trial and daily limits (SM_133, SMI_115), domain (SM_111).
const codes = {
  account_fault: ["AE_101", "LE_101", "LE_102", "SERR_156", "SERR_157", "SMI_115", "SM_133"],
};

// Missing, invalid or too long: the field that is named decides, in `target`, `target_value` or the
// sentence ('Mandatory Field "to" has Invalid Value', "No recipient field found").
const invalid = ["GE_102", "SM_113", "SM_129"];
const blamed = /^(?:to|subject|htmlbody|textbody)(?:$|[.[])/i;
const blamesMessage = (text: string) =>
  namesParameter(text, "to", "subject", "htmlbody", "textbody") || /\brecipient\b/i.test(text);

const zeptomail: EmailVendor<typeof settings> = {
  name: "zeptomail",
  idempotent: false,

  request: ({ message, settings, secrets: { token }, key }) =>
    jsonPost(
      `https://api.zeptomail.${settings.region}/v1.1/email`,
      { authorization: /^zoho-enczapikey /i.test(token) ? token : `Zoho-enczapikey ${token}` },
      {
        from: message.from,
        to: [{ email_address: { address: message.to } }],
        reply_to: message.replyTo && [message.replyTo],
        subject: message.subject,
        htmlbody: message.html,
        textbody: message.text,
        track_clicks: false,
        track_opens: false,
        client_reference: key,
      },
    ),

  verdict(response) {
    const error = field(response.json, "error");
    const code = field(error, "code");
    const detail = field(error, "details", 0);
    const subCode = codeText(field(detail, "code"));
    const target = codeText(field(detail, "target") ?? field(detail, "target_value"));
    const text = field(detail, "message");
    const recipient = target ? blamed.test(target) : blamesMessage(withoutAddresses(text));
    if (invalid.includes(subCode ?? "") && recipient) return recipientVerdict(text, subCode);
    if (error !== undefined) return byCode(codes, subCode) ?? byRefusal(response, subCode ?? code);
    return byStatus(response, codeText(field(response.json, "data", 0, "code")) !== undefined);
  },
};

export { zeptomail as vendor };

export const about: About = {
  title: "ZeptoMail",
  idempotency: "none",
  accepted: "2xx with `data[0].code` and no `error`",
  recipientRefused: "GE_102, SM_113 and SM_129 for `to`, `subject` or the content",
  destinationRefused: "the same for a local part beyond ASCII",
  accountFault:
    "AE_101, LE_101, LE_102, SERR_156, SERR_157, SMI_115, SM_133; every other error with a 4xx or 2xx: SM_111, SM_128, GE_102 and SM_113 for `from` or `reply_to`",
  notSent: "408, 425, 429, 5xx",
};
