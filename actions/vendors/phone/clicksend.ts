import type { PhoneMessage } from "../../delivery/message.ts";
import { byCode, byRefusal, byStatus, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { basic, jsonPost } from "../request.ts";
import { languageAmong } from "../language.ts";

export const settings = {
  username: {
    description: "User name of the account or subaccount, mostly an e-mail address.",
    type: "text",
  },
  apiKey: { description: "API key of that user.", type: "secret" },
  source: {
    description:
      "Name of the sending system in ClickSend's reports; ClickSend's default is its own.",
    type: "text",
    optional: true,
  },
  country: {
    description:
      "Country that ClickSend wants with each call, two capital letters; the number decides in fact.",
    type: "text",
    default: "US",
    pattern: "[A-Z]{2}",
    expected: "two capital letters (ISO 3166-1)",
  },
} as const satisfies SettingsSpec;

// From https://developers.clicksend.com/docs/#application-status-codes and ClickSend's help centre; some
// are unverified and read by their names. What is not listed is the account's fault.
const codes = {
  recipient_refused: [
    ...[
      "EMPTY_MESSAGE",
      "INVALID_RECIPIENT",
      "MESSAGE_TOO_LONG",
      "OPTED_OUT",
      "RECIPIENT_OPTED_OUT",
    ],
    "UNSUBSCRIBED",
  ],
  destination_refused: ["COUNTRY_NOT_ENABLED", "UNSUPPORTED_COUNTRY"],
  not_sent: ["INTERNAL_ERROR", "THROTTLED"],
};

// From ClickSend's reference of voice messages; the first of a language stands for other regions.
const languages =
  "en-US en-AU en-GB en-IN de-DE es-ES es-US fr-FR fr-CA is-IS it-IT da-DK nl-NL nb-NO pl-PL pt-BR pt-PT ro-RO ru-RU sv-SE tr-TR";

function speech(locale: PhoneMessage["locale"]): { lang: string; voice: string } {
  const lang = (languageAmong(languages, locale) ?? "en-US").toLowerCase();
  // European Portuguese is the one language without a female voice.
  return { lang, voice: lang === "pt-pt" ? "male" : "female" };
}

const clicksend: PhoneVendor<typeof settings> = {
  name: "clicksend",
  idempotent: false,

  request({ message, settings, secrets, key }) {
    const voice = message.medium === "voice";
    return jsonPost(
      `https://rest.clicksend.com/v3/${voice ? "voice" : "sms"}/send`,
      { authorization: basic(settings.username, secrets.apiKey) },
      {
        messages: [
          {
            to: message.to,
            body: message.text,
            source: settings.source,
            custom_string: key,
            ...(voice
              ? { country: settings.country, ...speech(message.locale) }
              : { from: message.from }),
          },
        ],
      },
    );
  },

  verdict(response) {
    const { json } = response;
    const status = field(json, "data", "messages", 0, "status");
    if (status === "SUCCESS") return byStatus(response, true);
    const code = status ?? field(json, "response_code");
    const known = byCode(codes, code);
    if (known) return known;
    return status === undefined ? byStatus(response, false, code) : byRefusal(response, code);
  },
};

export { clicksend as vendor };

export const about: About = {
  title: "ClickSend",
  idempotency: "none",
  media: ["text", "voice"],
  accepted: "2xx with the message's `status` `SUCCESS`",
  recipientRefused:
    "`EMPTY_MESSAGE`, `INVALID_RECIPIENT`, `MESSAGE_TOO_LONG`, `OPTED_OUT`, `RECIPIENT_OPTED_OUT`, `UNSUBSCRIBED`",
  destinationRefused: "`COUNTRY_NOT_ENABLED`, `UNSUPPORTED_COUNTRY`",
  accountFault:
    "any other `status`, e.g. `INSUFFICIENT_CREDIT`, `INVALID_SENDER_ID`; any other 4xx",
  notSent: "`INTERNAL_ERROR`, `THROTTLED`; 408, 425, 429, 5xx except 504",
  notes: [
    "Calls are made from a number that ClickSend picks.",
    "Languages that ClickSend does not speak are read by its English voice.",
    "ClickSend has no time after which it drops a message that waits.",
  ],
};
