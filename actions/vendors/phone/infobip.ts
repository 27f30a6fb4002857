import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { jsonPost, withoutPlus } from "../request.ts";
import { languageAmong } from "../language.ts";

export const settings = {
  /** The account's own base URL, e.g. `https://xyz123.api.infobip.com`; the portal shows it beside API keys. */
  baseUrl: {
    type: "text",
    pattern: "https://[^/\\s?]+",
    expected: "an HTTPS URL without a path",
  },
  /** API key with the scopes to send SMS and, for calls, voice messages. */
  apiKey: { type: "secret" },
} as const satisfies SettingsSpec;

// From Infobip's "Response status and error codes", general and voice; these are `status.id`. The
// group decides what is not here. 19 and 54 to 91 are settings of the account or of ours.
const codes = {
  recipient_refused: [6, 8, 10, 14, 20, 24, 25, 51, 52, 87],
  account_fault: [11, 12, 13, 17, 18, 19, 54, 55, 83, 91],
  not_sent: [21, 100],
};
const pending = 1;
const delivered = 3;
const duplicateMessageId = 23;

// Languages of `/tts/3/single`, the usual country of a language first.
const languages =
  "ar,bg,ca,cs,da,de,el,en,en-au,en-gb,en-in,es,es-mx,fi,fr,fr-ca,hi,hr,hu,id,it,ja,ko,nl,no,pl,pt-br,pt-pt,ro,ru,sk,sl,sv,th,tr,vi,zh-cn,zh-tw";

const infobip: PhoneVendor<typeof settings> = {
  name: "infobip",
  idempotent: true,

  request({ message, settings, secrets, key }) {
    const headers = { authorization: `App ${secrets.apiKey}` };
    const { text, lifetimeS, locale } = message;
    const to = withoutPlus(message.to);
    const from = message.from && withoutPlus(message.from);
    if (message.medium === "voice")
      return jsonPost(`${settings.baseUrl}/tts/3/single`, headers, {
        from,
        to,
        text,
        language: languageAmong(languages, locale?.replace(/^nb\b/i, "no")) ?? "en",
      });
    return jsonPost(`${settings.baseUrl}/sms/3/messages`, headers, {
      messages: [
        {
          sender: from,
          destinations: [{ to, messageId: key }],
          content: { text },
          options: { validityPeriod: { amount: lifetimeS, timeUnit: "SECONDS" } },
        },
      ],
    });
  },

  verdict(response) {
    const { json } = response;
    const status = field(json, "messages", 0, "status");
    const id = field(status, "id");
    // The key is the message's ID, so a duplicate is an earlier attempt that was taken after all.
    if (id === duplicateMessageId) return { kind: "accepted", code: String(id) };
    const group = field(status, "groupId");
    const verdict =
      byCode(codes, id) ??
      byStatus(
        response,
        group === pending || group === delivered,
        id ??
          field(json, "errorCode") ??
          field(json, "requestError", "serviceException", "messageId"),
      );
    // Violations name the part of the request by its path, e.g. `messages[0].destinations[0].to`.
    const violated = codeText(field(json, "violations", 0, "property")) ?? "";
    return status === undefined && !/\b(destinations|to|content|text)\b/.test(violated)
      ? { ...verdict, kind: "account_fault" }
      : verdict;
  },
};

export { infobip as vendor };

export const about: About = {
  title: "Infobip",
  idempotency: "`messageId`; for calls none",
  media: ["text", "voice"],
  accepted: "2xx with `status.groupId` 1 or 3, or `status.id` 23: an earlier attempt was taken",
  recipientRefused:
    "`status.id` 6, 8, 10, 14, 20, 24, 25, 51, 52, 87; a 4xx that names the recipient or the text",
  accountFault: "`status.id` 11, 12, 13, 17, 18, 19, 54, 55, 83, 91; other 4xx",
  notSent: "`status.id` 21, 100, any other group; 408, 425, 429, 5xx; a 2xx without a status",
  notes: [
    "A call has no key: after a timeout, the same person may be called twice.",
    "A spoken language that Infobip lacks is read by the English voice.",
  ],
};
