import { byCode, byRefusal, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { jsonPost, lifetimeWithin, withoutPlus } from "../request.ts";
import { namesParameter } from "../parameter.ts";
import { languageAmong } from "../language.ts";

export const settings = {
  baseUrl: {
    description:
      "The account's own base URL, e.g. `https://xyz123.api.infobip.com`; the portal shows it next to API keys.",
    type: "text",
    pattern: "https://[^/\\s?]+",
    expected: "an HTTPS URL without a path",
  },
  apiKey: {
    description: "API key with the scopes to send SMS and, for calls, voice messages.",
    type: "secret",
  },
} as const satisfies SettingsSpec;

// From https://www.infobip.com/docs/essentials/api-essentials/response-status-and-error-codes; these
// are `status.id`. 6 is a network that is not set up for the account; 8 and 52 are invalid numbers, 10
// and 14 blocked ones, 20 is a limit for one number, 87 a fraud guard; 25, 51 and 77 are the content's.
// The group decides what is not listed: any other rejection is the account's fault.
const codes = {
  recipient_refused: [8, 10, 14, 20, 25, 51, 52, 77, 87],
  destination_refused: [6],
  not_sent: [21, 100],
};
const accepting = [0, 1, 3];
const rejected = 5;
const duplicateMessageId = 23;
const sender = ["sender", "from"];
const recipient = ["to", "destinations", "text", "content"];

/** Paths of what a 4xx calls invalid, e.g. `messages[0].destinations[0].to`, in both of its shapes. */
function violations(json: unknown): readonly string[] {
  const list = field(json, "violations");
  const older = field(json, "requestError", "serviceException", "validationErrors");
  return [
    ...(Array.isArray(list) ? list : []).map((one) => codeText(field(one, "property")) ?? ""),
    ...(typeof older === "object" && older ? Object.keys(older) : [codeText(older) ?? ""]),
  ];
}

// Languages of `/tts/3/single`, the usual country of a language first.
const languages =
  "ar,bg,ca,cs,da,de,el,en,en-au,en-gb,en-in,es,es-mx,fi,fr,fr-ca,hi,hr,hu,id,it,ja,ko,nl,no,pl,pt-br,pt-pt,ro,ru,sk,sl,sv,th,tr,vi,zh-cn,zh-tw";

const infobip: PhoneVendor<typeof settings> = {
  name: "infobip",
  idempotent: true,

  request({ message, settings, secrets, key }) {
    const headers = { authorization: `App ${secrets.apiKey}` };
    const { text, locale } = message;
    // Infobip takes 48 hours at most.
    const lifetimeS = lifetimeWithin(message, 30, 172_800);
    const to = withoutPlus(message.to);
    const from = message.from && withoutPlus(message.from);
    if (message.medium === "voice")
      return jsonPost(`${settings.baseUrl}/tts/3/single`, headers, {
        from,
        to,
        text,
        language: languageAmong(languages, locale) ?? "en",
      });
    return jsonPost(`${settings.baseUrl}/sms/3/messages`, headers, {
      messages: [
        {
          sender: from,
          destinations: [{ to, messageId: key }],
          content: { text },
          options: lifetimeS && { validityPeriod: { amount: lifetimeS, timeUnit: "SECONDS" } },
        },
      ],
    });
  },

  verdict(response) {
    const { json, status: http } = response;
    const status = field(json, "messages", 0, "status");
    const id = field(status, "id");
    // The key is the message's ID, so a duplicate is an earlier attempt that was taken after all.
    if (http < 300 && id === duplicateMessageId) return { kind: "accepted", code: String(id) };
    const known = byCode(codes, id);
    if (known) return known;
    const group = Number(field(status, "groupId") ?? NaN);
    if (group === rejected) return byRefusal(response, id);
    if (http < 300 && group >= 0 && !accepting.includes(group))
      return { kind: "not_sent", code: codeText(id) };
    const exception = field(json, "requestError", "serviceException", "messageId");
    const code = codeText(id ?? field(json, "errorCode") ?? exception);
    const invalid = violations(json);
    const blamed = (names: readonly string[]) =>
      invalid.some((one) => namesParameter(one, ...names));
    if (http === 400 && blamed(recipient) && !blamed(sender))
      return { kind: "recipient_refused", code };
    return byStatus(response, accepting.includes(group), code);
  },
};

export { infobip as vendor };

export const about: About = {
  title: "Infobip",
  idempotency: "`messageId`; for calls none",
  media: ["text", "voice"],
  accepted: "2xx with `status.groupId` 0, 1 or 3, or `status.id` 23: an earlier attempt was taken",
  recipientRefused:
    "`status.id` 8, 10, 14, 20, 25, 51, 52, 77, 87; a 400 that names the recipient or the text",
  destinationRefused: "`status.id` 6",
  accountFault: "any other `status.id` of group 5, e.g. 11, 12, 17, 18, 19; any other 4xx",
  notSent: "`status.id` 21, 100; groups 2 and 4; 408, 425, 429, 5xx except 504",
  notes: [
    "A call has no key: after a timeout, the same person may be called twice.",
    "A spoken language that Infobip lacks is read by the English voice.",
  ],
};
