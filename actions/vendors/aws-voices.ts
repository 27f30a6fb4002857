import { languageAmong } from "./language.ts";

// One voice a language, the usual country of a language first; the names are the service's own.
const voices: Readonly<Record<string, string>> = {
  "ar-EG": "ZEINA",
  "cy-GB": "GWYNETH",
  "da-DK": "NAJA",
  "de-DE": "VICKI",
  "en-US": "JOANNA",
  "en-AU": "NICOLE",
  "en-GB": "AMY",
  "en-IN": "RAVEENA",
  "es-ES": "LUCIA",
  "es-MX": "MIA",
  "es-US": "LUPE",
  "fr-FR": "LEA",
  "fr-CA": "CHANTAL",
  "is-IS": "DORA",
  "it-IT": "BIANCA",
  "ja-JP": "MIZUKI",
  "ko-KR": "SEOYEON",
  "nb-NO": "LIV",
  "nl-NL": "LOTTE",
  "pl-PL": "EWA",
  "pt-BR": "CAMILA",
  "pt-PT": "INES",
  "ro-RO": "CARMEN",
  "ru-RU": "TATYANA",
  "sv-SE": "ASTRID",
  "tr-TR": "FILIZ",
  "zh-CN": "ZHIYU",
};

/**
 * The voice of AWS End User Messaging that reads a language; the American one reads what has none.
 *
 * @param locale - as an event gives it
 * @see https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendVoiceMessage.html
 */
export function awsVoice(locale: string | undefined): string | undefined {
  return voices[languageAmong(Object.keys(voices).join(), locale) ?? "en-US"];
}
