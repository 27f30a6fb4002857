import { byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { basic, jsonPost } from "../request.ts";

export const settings = {
  /** Auth ID of the account (`MA…`) or subaccount (`SA…`). */
  authId: {
    type: "text",
    pattern: "[MS]A[0-9A-Z]{18}",
    expected: "MA or SA and 18 capital letters and digits",
  },
  /** Auth token of the account. */
  authToken: { type: "secret" },
  /** What Plivo keeps of a message in its logs; nothing by default, since it holds a code. */
  log: { type: "choice", of: ["false", "true", "content_only", "number_only"], default: "false" },
} as const satisfies SettingsSpec;

const plivo: PhoneVendor<typeof settings> = {
  name: "plivo",
  idempotent: false,

  request: ({ message, settings, secrets }) =>
    jsonPost(
      `https://api.plivo.com/v1/Account/${settings.authId}/Message/`,
      { authorization: basic(settings.authId, secrets.authToken) },
      {
        src: message.from,
        dst: message.to,
        text: message.text,
        type: "sms",
        log: settings.log,
        message_expiry: message.lifetimeS,
      },
    ),

  verdict(response) {
    const { json } = response;
    // Plivo has no codes for refused requests, only sentences; these two are the account's fault.
    const error = codeText(field(json, "error")) ?? "";
    if (/insufficient.*(credit|balance)/i.test(error))
      return { kind: "account_fault", code: "credit" };
    if (response.status === 400 && /\b(src|source)\b/i.test(error))
      return { kind: "account_fault", code: "src" };
    const sent = codeText(field(json, "message_uuid", 0)) !== undefined;
    if (!sent && field(json, "invalid_number", 0) !== undefined)
      return { kind: "recipient_refused", code: "invalid_number" };
    return byStatus(response, sent);
  },
};

export { plivo as vendor };

export const about: About = {
  title: "Plivo",
  idempotency: "none",
  media: ["text"],
  needs: { text: ["from"] },
  accepted: "2xx with a `message_uuid`",
  recipientRefused: "an `invalid_number` instead of a `message_uuid`; other 4xx",
  accountFault: "401 to 404 (403: country not enabled); an `error` about credit or the sender",
  notSent: "408, 425, 429, 5xx; a 2xx without a `message_uuid`",
  notes: ["No calls: Plivo reads what it says from a URL that would have to be hosted."],
};
