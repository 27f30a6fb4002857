import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { jsonPost } from "../request.ts";

export const settings = {
  /** Send Mail token of the Mail Agent, with `Zoho-enczapikey ` before it or without. */
  token: { type: "secret" },
  /** Data centre of the account, as in the address of its console (`zeptomail.zoho.eu`: `eu`). */
  region: {
    type: "choice",
    of: ["com", "eu", "in", "com.au", "com.cn", "ca", "jp", "sa"],
    default: "com",
  },
} as const satisfies SettingsSpec;

// Source of the codes: "API Error Codes" of ZeptoMail's documentation. A code (TM_…) covers faults of
// either side, so the sub code decides where it is known; TM_4001 ("access denied") is a fault of the
// recipient under SM_113 alone.
const codes = {
  recipient_refused: [
    "GE_102",
    "SM_101",
    "SM_113",
    "SM_127",
    "SM_129",
    "TM_3201",
    "TM_3301",
    "TM_8001",
  ],
  account_fault: [
    "AE_101",
    "LE_101",
    "LE_102",
    "SERR_156",
    "SERR_157",
    "SMI_115",
    "SM_111",
    "SM_128",
    "SM_133",
    "TM_3501",
    "TM_3601",
    "TM_4001",
    "TM_5001",
  ],
};

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
    const subCode = field(error, "details", 0, "code");
    // SM_113 is an invalid value of any address; only the recipient's is the recipient's fault.
    const target = codeText(field(error, "details", 0, "target")) ?? "";
    if (subCode === "SM_113" && /^(from|bounce|reply)/.test(target))
      return { kind: "account_fault", code: subCode };
    const good = error === undefined && codeText(field(response.json, "data", 0, "code"));
    return byCode(codes, subCode) ?? byCode(codes, code) ?? byStatus(response, Boolean(good), code);
  },
};

export { zeptomail as vendor };

export const about: About = {
  title: "ZeptoMail",
  idempotency: "none",
  accepted: "2xx with `data[0].code` and no `error`",
  recipientRefused: "SM_113 (recipient), TM_3201, TM_3301, TM_8001; other 4xx",
  accountFault:
    "SM_113 (sender or reply-to), AE_101, LE_101, LE_102, SERR_156, SERR_157, SMI_115, SM_111, SM_128, SM_133; otherwise TM_3501, TM_3601, TM_4001, TM_5001; 401 to 404",
  notSent: "408, 425, 429, 5xx; any other 2xx",
};
