import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { basic, isGsm7, jsonPost, withoutPlus } from "../request.ts";

export const settings = {
  /** API key of the account, on the first page of Vonage's dashboard. */
  apiKey: { type: "text" },
  /** API secret that belongs to the key. */
  apiSecret: { type: "secret" },
} as const satisfies SettingsSpec;

// The `status` of each part of a message, 0 for accepted; the meanings are those of Vonage's table
// of SMS API errors. A status that it does not hold fails over.
const codes = {
  recipient_refused: [2, 3, 6, 7, 12, 17, 22, 23, 33],
  account_fault: [4, 8, 9, 11, 14, 15, 29, 32],
  not_sent: [1, 5, 10],
};

const vonageSms: PhoneVendor<typeof settings> = {
  name: "vonage-sms",
  idempotent: false,

  request: ({ message, settings, secrets, key }) =>
    jsonPost(
      "https://rest.nexmo.com/sms/json",
      { authorization: basic(settings.apiKey, secrets.apiSecret) },
      {
        to: withoutPlus(message.to),
        from: message.from && withoutPlus(message.from),
        text: message.text,
        // Not found out by Vonage: without it, other letters arrive as question marks.
        type: isGsm7(message.text) ? undefined : "unicode",
        "client-ref": key,
        // Vonage takes no less than 20 s.
        ttl: Math.max(20, message.lifetimeS) * 1000,
      },
    ),

  verdict(response) {
    const parts = field(response.json, "messages");
    const statuses = (Array.isArray(parts) ? parts : []).map((part) =>
      codeText(field(part, "status")),
    );
    // A message of which one part is refused cannot be read.
    const code = statuses.find((status) => status !== "0");
    const accepted = statuses.length > 0 && statuses.every((status) => status === "0");
    return byCode(codes, code) ?? byStatus(response, accepted, code);
  },
};

export { vonageSms as vendor };

export const about: About = {
  title: "Vonage SMS",
  idempotency: "none; `client-ref` only correlates",
  media: ["text"],
  needs: { text: ["from"] },
  accepted: "2xx with `status` 0 for every part",
  recipientRefused: "`status` 2, 3, 6, 7, 12, 17, 22, 23, 33; other 4xx",
  accountFault: "`status` 4, 8, 9, 11, 14, 15, 29, 32; 401 to 404",
  notSent: "`status` 1, 5, 10 or unknown; 408, 425, 429, 5xx; a 2xx without `messages`",
  notes: ["Needs a sender. Vonage answers refusals with status 200 too."],
};
