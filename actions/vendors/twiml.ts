import { languageAmong } from "./language.ts";
import { xmlText } from "./xml.ts";

// The languages of `<Say>`, from the official SDK (`SayLanguage`), the usual region first.
const languages =
  "en-US en-GB en-AU en-CA en-IE en-IN en-NZ en-ZA de-DE de-AT es-ES es-MX es-US fr-FR fr-BE fr-CA pt-BR pt-PT nl-NL nl-BE zh-CN zh-HK zh-TW arb ar-AE af-ZA am-ET bg-BG bn-IN ca-ES cs-CZ cy-GB da-DK el-GR fi-FI fil-PH gu-IN he-IL hi-IN hu-HU id-ID is-IS it-IT ja-JP kn-IN ko-KR lv-LV ml-IN mr-IN ms-MY nb-NO pa-IN pl-PL ro-RO ru-RU sk-SK sr-RS sv-SE ta-IN te-IN th-TH tr-TR uk-UA vi-VN";

/**
 * TwiML that says a text.
 *
 * @param locale - as an event gives it; a language that Twilio does not speak is left to its default
 */
export function twiml(text: string, locale: string | undefined): string {
  const language = languageAmong(languages, locale);
  const attribute = language ? ` language="${xmlText(language)}"` : "";
  return `<?xml version="1.0" encoding="UTF-8"?><Response><Say${attribute}>${xmlText(text)}</Say></Response>`;
}
