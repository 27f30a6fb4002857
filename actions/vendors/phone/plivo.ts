import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { basic, jsonPost, lifetimeWithin } from "../request.ts";
import { namesParameter } from "../parameter.ts";

export const settings = {
  authId: {
    description: "Auth ID of the account (`MA…`) or subaccount (`SA…`).",
    type: "text",
    pattern: "[MS]A[0-9A-Z]{18}",
    expected: "MA or SA and 18 capital letters and digits",
  },
  authToken: { description: "Auth token of the account.", type: "secret" },
  log: {
    description:
      "What Plivo keeps of a message in its logs; nothing by default, since it holds a code.",
    type: "choice",
    of: ["false", "true", "content_only", "number_only"],
    default: "false",
  },
} as const satisfies SettingsSpec;

// From https://www.plivo.com/docs/messaging/troubleshooting/error-codes: invalid destination, blocked by
// the recipient, SMS pumping; a country that geo permissions leave out; invalid source, no credit,
// disabled account. Most refusals have a sentence alone.
const codes = {
  recipient_refused: [50, 60, 200, 451],
  destination_refused: [450],
  account_fault: [40, 900, 910],
};
const sender = ["src", "source(?: number)?", "sender(?: id)?", "powerpack_uuid"];
const recipient = ["dst", "destination(?: number)?", "text"];

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
        // What Plivo takes.
        message_expiry: lifetimeWithin(message, 5, 10_800),
      },
    ),

  verdict(response) {
    const { json } = response;
    const said = field(json, "error") ?? field(json, "message");
    const error = codeText(said) ?? JSON.stringify(said ?? "");
    const code = field(json, "error_code") ?? field(said, "error_code");
    const known = byCode(codes, code);
    if (known) return known;
    const sent = codeText(field(json, "message_uuid", 0)) !== undefined;
    if (!sent && field(json, "invalid_number", 0) !== undefined)
      return { kind: "recipient_refused", code: "invalid_number" };
    if (response.status !== 400 && response.status !== 403) return byStatus(response, sent, code);
    if (/insufficient.*(credit|balance)|suspend|disabled|trial|sandbox|verif/i.test(error))
      return { kind: "account_fault", code: "account" };
    if (namesParameter(error, ...sender)) return { kind: "account_fault", code: "src" };
    // Its SDK calls every 403 of this endpoint a GeoPermissionError.
    if (
      (response.status === 403 && said !== undefined) ||
      /\b(country|region|geo[ -]?permission)/i.test(error)
    )
      return { kind: "destination_refused", code: "country" };
    return namesParameter(error, ...recipient) || /opted out|unsubscribed|blacklist/i.test(error)
      ? { kind: "recipient_refused", code: "dst" }
      : byStatus(response, false, code);
  },
};

export { plivo as vendor };

export const about: About = {
  title: "Plivo",
  idempotency: "none",
  media: ["text"],
  needs: { text: ["from"] },
  accepted: "2xx with a `message_uuid`",
  recipientRefused:
    "an `invalid_number` instead of a `message_uuid`; a 400 about `dst` or `text`, or an opt-out; `error_code` 50, 60, 200, 451",
  destinationRefused: "403 (geo permissions); a 400 about a country; `error_code` 450",
  accountFault:
    "a 400 or 403 about `src`, credit or the account's state; `error_code` 40, 900, 910; any other 4xx",
  notSent: "408, 425, 429, 5xx except 504",
  notes: ["No calls: Plivo reads what it says from a URL that would have to be hosted."],
};
