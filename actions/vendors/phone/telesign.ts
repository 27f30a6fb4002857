import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { basic, formPost, withoutPlus } from "../request.ts";
import { nearestLanguage } from "../language.ts";

export const settings = {
  /** Customer ID of the account, a UUID. */
  customerId: {
    type: "text",
    pattern: "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    expected: "a UUID",
  },
  /** API key of the account. */
  apiKey: { type: "secret" },
  /** What the user is doing, for Telesign's fraud guard; passcodes are mostly asked for at sign-in. */
  accountLifecycleEvent: {
    type: "choice",
    of: ["create", "sign-in", "transact", "update", "delete"],
    default: "sign-in",
  },
} as const satisfies SettingsSpec;

// From Telesign's references: statuses of three digits, refused parameters of five (11000, 11001 and
// 11009 are number, country code and text), errors below 0.
// 229 and 230 are blocked numbers and 233 is a high risk score, so nobody else is asked; 237 and 238
// are countries and prefixes that the account itself has closed.
const codes = {
  recipient_refused: [
    104, 129, 130, 211, 222, 229, 230, 231, 233, 504, 506, 507, 510, 11000, 11001, 11009,
  ],
  account_fault: [
    237, 238, 501, 508, -10009, -10033, -20002, -30000, -30001, -30003, -30004, -30005, -30006,
    -30015,
  ],
  not_sent: [503, 505],
};
const good = [100, 103, 105, 200, 203, 290, 291, 292];

// From Telesign's reference of voice messages; German from what its SDK sends. The first of a
// language stands for other regions.
const languages =
  "en-US en-AU en-CA en-GB en-IN da-DK de-DE es-ES es-MX fi-FI fr-FR fr-CA it-IT ja-JP ko-KR nb-NO nl-NL pl-PL pt-BR pt-PT zh-CN zh-HK zh-TW";

const telesign: PhoneVendor<typeof settings> = {
  name: "telesign",
  idempotent: false,

  request({ message, settings, secrets, key }) {
    const voice = message.medium === "voice";
    return formPost(
      `https://rest-api.telesign.com/v1/${voice ? "voice" : "messaging"}`,
      { authorization: basic(settings.customerId, secrets.apiKey) },
      {
        phone_number: withoutPlus(message.to),
        message: message.text,
        message_type: "OTP",
        ...(voice
          ? { voice: `f-${nearestLanguage(languages, message.locale)}` }
          : {
              account_lifecycle_event: settings.accountLifecycleEvent,
              originating_ip: message.ip,
              external_id: key,
              sender_id: message.from && withoutPlus(message.from),
            }),
      },
    );
  },

  verdict(response) {
    const status = field(response.json, "status", "code");
    const code = field(response.json, "errors", 0, "code") ?? status;
    const sent = good.some((one) => String(one) === codeText(status));
    return (
      byCode(codes, code) ??
      byCode(codes, status) ??
      byStatus(response, sent, sent ? undefined : code)
    );
  },
};

export { telesign as vendor };

export const about: About = {
  title: "Telesign",
  idempotency: "none",
  media: ["text", "voice"],
  accepted: "2xx with `status.code` 290, 291, 292, 200, 203 or, for calls, 100, 103, 105",
  recipientRefused:
    "`status.code` 104, 129, 130, 211, 222, 229, 230, 231, 233, 504, 506, 507, 510, 11000, 11001, 11009",
  accountFault:
    "`status.code` 237, 238, 501, 508; errors -10009, -10033, -20002, -30000 to -30015; other 4xx",
  notSent: "`status.code` 503, 505; 408, 425, 429, 5xx; a 2xx with any other `status.code`",
  notes: [
    "Calls are made from a number that Telesign picks.",
    "Languages that Telesign does not speak are read by its English voice.",
    "Telesign has no time after which it drops a message that waits.",
  ],
};
