import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { jsonPost } from "../request.ts";

export const settings = {
  /** API key (v2) of the Mission Control portal (`KEY…`). */
  apiKey: { type: "secret" },
  /** Messaging profile; an alphanumeric sender needs one. */
  messagingProfileId: {
    type: "text",
    optional: true,
    pattern: "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    expected: "a UUID",
  },
  /** Character encoding; Telnyx' default is `auto`, the shortest one that holds the text. */
  encoding: { type: "choice", of: ["auto", "gsm7", "ucs2"], optional: true },
} as const satisfies SettingsSpec;

// From Telnyx' lists of API and messaging errors; 10009 and 10010 are failed authentication and
// authorisation there.
const codes = {
  recipient_refused: [
    10002, 10016, 40001, 40009, 40012, 40300, 40301, 40302, 40310, 40316, 40319, 40322,
  ],
  account_fault: [
    10001, 10009, 10010, 20002, 20006, 20012, 20013, 20014, 20015, 20016, 20017, 20100, 40003,
    40010, 40013, 40100, 40305, 40306, 40309, 40311, 40312, 40313, 40314, 40315, 40321, 40329,
    40333,
  ],
  not_sent: [10007, 10008, 10011, 40002, 40006, 40011, 40016, 40018, 40318, 40320],
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
    const sent =
      codeText(field(json, "data", "id")) !== undefined &&
      error === undefined &&
      field(json, "data", "to", 0, "status") !== "sending_failed";
    const known = byCode(codes, code);
    // The same codes are given for the sender, which is no fault of this recipient.
    if (known && field(error, "source", "pointer") === "/from")
      return { ...known, kind: "account_fault" };
    return known ?? byStatus(response, sent, code);
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
    "10002, 10016, 40001, 40009, 40012, 40300, 40301, 40302, 40310, 40316, 40319, 40322",
  accountFault:
    "10001, 10009, 10010, 20002 to 20100, 40003, 40010, 40013, 40100, 40305, 40306, 40309, 40311 to 40315, 40321, 40329, 40333; a rejection that points at `/from`; other 4xx",
  notSent:
    "10007, 10008, 10011, 40002, 40006, 40011, 40016, 40018, 40318, 40320; 408, 425, 429, 5xx; a 2xx without `data.id` or with other `errors`",
  notes: ["An alphanumeric sender needs `messagingProfileId`."],
};
