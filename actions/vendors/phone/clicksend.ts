import type { PhoneMessage } from "../../delivery/message.ts";
import { byCode, byStatus, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { basic, jsonPost } from "../request.ts";
import { nearestLanguage } from "../language.ts";

export const settings = {
  /** User name of the account or subaccount, mostly an e-mail address. */
  username: { type: "text" },
  /** API key of that user. */
  apiKey: { type: "secret" },
  /** Name of the sending system in ClickSend's reports; ClickSend's default is its own. */
  source: { type: "text", optional: true },
  /** Country that ClickSend wants with each call, two capital letters; the number decides in fact. */
  country: {
    type: "text",
    default: "US",
    pattern: "[A-Z]{2}",
    expected: "two capital letters (ISO 3166-1)",
  },
} as const satisfies SettingsSpec;

// INVALID_RECIPIENT, INSUFFICIENT_CREDIT and MISSING_REQUIRED_FIELDS are from ClickSend's help centre,
// the others unverified: read by their names, and so that only a faulty recipient or text is final.
const codes = {
  recipient_refused: ["INVALID_RECIPIENT", "EMPTY_MESSAGE"],
  account_fault: [
    "ACCOUNT_NOT_ACTIVATED",
    "COUNTRY_NOT_ENABLED",
    "INSUFFICIENT_CREDIT",
    "INVALID_LANG",
    "INVALID_SENDER_ID",
    "MISSING_REQUIRED_FIELDS",
  ],
  not_sent: ["THROTTLED"],
};

// From ClickSend's reference of voice messages; the first of a language stands for other regions.
const languages =
  "en-US en-AU en-GB en-IN de-DE es-ES es-US fr-FR fr-CA is-IS it-IT da-DK nl-NL nb-NO pl-PL pt-BR pt-PT ro-RO ru-RU sv-SE tr-TR";

function speech(locale: PhoneMessage["locale"]): { lang: string; voice: string } {
  const lang = nearestLanguage(languages, locale).toLowerCase();
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
    const status = field(response.json, "data", "messages", 0, "status");
    const code = status ?? field(response.json, "response_code");
    const sent = status === "SUCCESS";
    return byCode(codes, code) ?? byStatus(response, sent, sent ? undefined : code);
  },
};

export { clicksend as vendor };

export const about: About = {
  title: "ClickSend",
  idempotency: "none",
  media: ["text", "voice"],
  accepted: "2xx with the message's `status` `SUCCESS`",
  recipientRefused: "`INVALID_RECIPIENT`, `EMPTY_MESSAGE`",
  accountFault:
    "`ACCOUNT_NOT_ACTIVATED`, `COUNTRY_NOT_ENABLED`, `INSUFFICIENT_CREDIT`, `INVALID_LANG`, `INVALID_SENDER_ID`, `MISSING_REQUIRED_FIELDS`; other 4xx",
  notSent: "`THROTTLED`; 408, 425, 429, 5xx; a 2xx with any other `status`",
  notes: [
    "Calls are made from a number that ClickSend picks.",
    "Languages that ClickSend does not speak are read by its English voice.",
    "ClickSend has no time after which it drops a message that waits.",
  ],
};
