import { byCode, byRefusal, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { basic, isGsm7, jsonPost, lifetimeWithin, withoutPlus } from "../request.ts";
import { namesParameter } from "../parameter.ts";

export const settings = {
  apiKey: {
    description: "API key of the account, on the first page of Vonage's dashboard.",
    type: "text",
  },
  apiSecret: { description: "API secret that belongs to the key.", type: "secret" },
} as const satisfies SettingsSpec;

// The `status` of each part of a message, 0 for accepted, from
// https://developer.vonage.com/en/api-errors/sms and the enumeration of the official SDK. 6 is an
// unknown prefix, 12 a text that is too long, 17 a blocked message, 33 a deactivated number; 29 is a
// destination that the account has not allowed. Statuses that are not listed are the account's fault.
const codes = {
  recipient_refused: [6, 7, 12, 17, 33, 34],
  destination_refused: [29],
  not_sent: [1, 5, 10, 13],
};
/** A missing and an invalid parameter: `error-text` names it. */
const parameters = ["2", "3"];

const vonageSms: PhoneVendor<typeof settings> = {
  name: "vonage-sms",
  idempotent: false,

  request({ message, settings, secrets, key }) {
    const lifetimeS = lifetimeWithin(message, 20, 604_800);
    return jsonPost(
      "https://rest.nexmo.com/sms/json",
      { authorization: basic(settings.apiKey, secrets.apiSecret) },
      {
        to: withoutPlus(message.to),
        from: message.from && withoutPlus(message.from),
        text: message.text,
        // Not found out by Vonage: without it, other letters arrive as question marks.
        type: isGsm7(message.text) ? undefined : "unicode",
        "client-ref": key,
        // Milliseconds; Vonage takes 20 s to 7 days.
        ttl: lifetimeS && lifetimeS * 1000,
      },
    );
  },

  verdict(response) {
    const parts: unknown = field(response.json, "messages");
    const all: readonly unknown[] = Array.isArray(parts) ? parts : [];
    // A message of which one part is refused cannot be read.
    const refused = all.find((part) => codeText(field(part, "status")) !== "0");
    const code = codeText(field(refused, "status"));
    if (code === undefined) return byStatus(response, all.length > 0 && !refused);
    if (
      parameters.includes(code) &&
      namesParameter(field(refused, "error-text"), "to", "msisdn", "text")
    )
      return { kind: "recipient_refused", code };
    return byCode(codes, code) ?? byRefusal(response, code);
  },
};

export { vonageSms as vendor };

export const about: About = {
  title: "Vonage SMS",
  idempotency: "none; `client-ref` only correlates",
  media: ["text"],
  needs: { text: ["from"] },
  accepted: "2xx with `status` 0 for every part",
  recipientRefused: "`status` 6, 7, 12, 17, 33, 34; 2 and 3 if they name `to` or `text`",
  destinationRefused: "`status` 29",
  accountFault: "any other `status`, e.g. 4, 8, 9, 11, 15; any 4xx without a `status`",
  notSent: "`status` 1, 5, 10, 13; 408, 425, 429, 5xx except 504",
  notes: ["Needs a sender. Vonage answers refusals with status 200 too."],
};
