import { byCode, byRefusal, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { basic, formPost, withoutPlus } from "../request.ts";
import { languageAmong } from "../language.ts";

export const settings = {
  customerId: {
    description: "Customer ID of the account, a UUID.",
    type: "text",
    pattern: "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    expected: "a UUID",
  },
  apiKey: { description: "API key of the account.", type: "secret" },
  accountLifecycleEvent: {
    description:
      "What the user is doing, for Telesign's fraud guard; passcodes are mostly asked for at sign-in.",
    type: "choice",
    of: ["create", "sign-in", "transact", "update", "delete"],
    default: "sign-in",
  },
} as const satisfies SettingsSpec;

// From https://developer.telesign.com/enterprise/docs/all-status-and-error-codes: statuses of three
// digits, errors of five or below 0. What is not listed is the account's fault.
const codes = {
  recipient_refused: [
    // Blocked, permanent phone errors, unsupported or refused content, high risk, low on credit.
    ...[
      104, 129, 130, 211, 222, 229, 230, 231, 233, 504, 506, 507, 510, 511, 513, 515, 516, 518, 519,
    ],
    // Blocked; number, country code and text are invalid.
    ...[520, 10032, 10041, 11000, 11001, 11009, -40009, -40024, -40025],
  ],
  // No route; countries and prefixes that the account has closed; senders refused there.
  destination_refused: [220, 237, 238, 521, -20004],
  not_sent: [106, 207, 210, 221, 503, 505, 512, 514, 10000, 10019, -40007, -90001],
};
/** Is "Not Allowed Host" or "Message blocked by customer request": its description says which. */
const ambiguous = "10031";
const good = [100, 103, 105, 200, 201, 203, 251, 290, 291, 292, 295];
/** Statuses that say that nothing is known. */
const silent = ["250", "599"];

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
          ? { voice: `f-${languageAmong(languages, message.locale) ?? "en-US"}` }
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
    const { json } = response;
    const status = codeText(field(json, "status", "code"));
    const error = field(json, "errors", 0);
    const code = codeText(field(error, "code")) ?? status;
    if (code === ambiguous && /blocked/i.test(codeText(field(error, "description")) ?? ""))
      return { kind: "recipient_refused", code };
    const known = byCode(codes, code) ?? byCode(codes, status);
    if (known) return known;
    const sent = good.some((one) => String(one) === status);
    if (sent) return byStatus(response, true);
    return code === undefined || silent.includes(code)
      ? byStatus(response, false, code)
      : byRefusal(response, code);
  },
};

export { telesign as vendor };

export const about: About = {
  title: "Telesign",
  idempotency: "none",
  media: ["text", "voice"],
  accepted:
    "2xx with `status.code` 290, 291, 292, 295, 200, 201, 203, 251 or, for calls, 100, 103, 105",
  recipientRefused:
    "`status.code` 104, 129, 130, 211, 222, 229 to 233, 504, 506, 507, 510, 511, 513, 515, 516, 518 to 520; errors 10032, 10041, 11000, 11001, 11009, -40009, -40024, -40025",
  destinationRefused: "`status.code` 220, 237, 238, 521; error -20004",
  accountFault: "any other code or 4xx, e.g. 501, 508, 10030, 10033, -30001",
  notSent:
    "`status.code` 106, 207, 210, 221, 503, 505, 512, 514; errors 10000, 10019, -40007, -90001; 408, 425, 429, 5xx except 504",
  notes: [
    "Calls are made from a number that Telesign picks.",
    "Languages that Telesign does not speak are read by its English voice.",
    "Telesign has no time after which it drops a message that waits.",
  ],
};
