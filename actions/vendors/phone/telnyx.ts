import { byCode, byRefusal, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { jsonPost } from "../request.ts";
import { namesParameter } from "../parameter.ts";

export const settings = {
  apiKey: { description: "API key (v2) of the Mission Control portal (`KEY…`).", type: "secret" },
  messagingProfileId: {
    description: "Messaging profile; an alphanumeric sender needs one.",
    type: "text",
    optional: true,
    pattern: "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    expected: "a UUID",
  },
  encoding: {
    description:
      "Character encoding; Telnyx' default is `auto`, the shortest one that holds the text.",
    type: "choice",
    of: ["auto", "gsm7", "ucs2"],
    optional: true,
  },
} as const satisfies SettingsSpec;

// From https://developers.telnyx.com/development/api-fundamentals/api-errors and
// https://developers.telnyx.com/docs/messaging/messages/error-codes. What is not listed is the
// account's fault. Numbers: 10002 invalid, 10016 not E.164, 40001 landline, 40012 and 40310 invalid
// recipient, 40300 opted out, 40301 and 40319 no such messages there. Texts: 40009, 40302, 40316, 40322.
// 40309 is a region that the messaging profile does not allow.
const codes = {
  recipient_refused: [
    10002, 10016, 40001, 40009, 40012, 40300, 40301, 40302, 40310, 40316, 40319, 40322,
  ],
  destination_refused: [40309],
  not_sent: [10007, 10008, 10011, 40002, 40004, 40006, 40008, 40011, 40016, 40018, 40318, 40320],
};

const telnyx: PhoneVendor<typeof settings> = {
  name: "telnyx",
  // Telnyx honours the key where an endpoint's reference says so, and that of messages does not.
  idempotent: false,

  request: ({ message, settings, secrets, key }) =>
    jsonPost(
      "https://api.telnyx.com/v2/messages",
      { authorization: `Bearer ${secrets.apiKey}`, "idempotency-key": key },
      {
        to: message.to,
        from: message.from,
        text: message.text,
        messaging_profile_id: settings.messagingProfileId,
        type: "SMS",
        auto_detect: false,
        encoding: settings.encoding,
      },
    ),

  verdict(response) {
    const { json } = response;
    const error = field(json, "errors", 0) ?? field(json, "data", "errors", 0);
    const code = field(error, "code");
    const sent = codeText(field(json, "data", "id")) !== undefined;
    const status = codeText(field(json, "data", "to", 0, "status")) ?? "";
    const known = byCode(codes, code);
    // The parameter at fault, as a path (`/to/0/phone_number`) or by name.
    const source = field(error, "source", "pointer") ?? field(error, "source", "parameter");
    if (
      known?.kind === "recipient_refused" &&
      namesParameter(source, "from", "messaging_profile_id")
    )
      return { ...known, kind: "account_fault" };
    const wrong = codeText(code) === "10015" && namesParameter(source, "to", "text");
    if (wrong) return { kind: "recipient_refused", code: "10015" };
    if (known) return known;
    if (error !== undefined) return byRefusal(response, code);
    return status.endsWith("failed")
      ? { kind: "not_sent", code: status }
      : byStatus(response, sent);
  },
};

export { telnyx as vendor };

export const about: About = {
  title: "Telnyx",
  idempotency: "none that is sure: `Idempotency-Key` is sent, but not documented for messages",
  media: ["text"],
  needs: { text: ["from or messagingProfileId"] },
  accepted: "2xx with `data.id`, without `errors`",
  recipientRefused:
    "10002, 10016, 40001, 40009, 40012, 40300, 40301, 40302, 40310, 40316, 40319, 40322, unless they point at `/from`; 10015 that points at `/to` or `/text`",
  destinationRefused: "40309",
  accountFault:
    "any other error, e.g. 10009, 20012, 20100, 40010, 40305, 40333; whatever points at `/from`",
  notSent:
    "10007, 10008, 10011, 40002, 40004, 40006, 40008, 40011, 40016, 40018, 40318, 40320; 408, 425, 429, 5xx except 504; a 2xx whose sending failed",
  notes: ["An alphanumeric sender needs `messagingProfileId`."],
};
