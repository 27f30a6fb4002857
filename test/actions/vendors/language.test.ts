import { describe, expect, it } from "vitest";
import { languageAmong, languageTag } from "../../../actions/vendors/language.ts";

const spoken = "en-US en-GB de-DE fi-FI pt-BR pt-PT es-ES es-MX nb-NO fil-PH zh-CN zh-HK arb";

describe("a language of a vendor's list", () => {
  it.each([
    ["de", "de-DE"],
    ["de_DE", "de-DE"],
    ["DE-de", "de-DE"],
    ["de-AT", "de-DE"],
    ["pt", "pt-BR"],
    ["pt-PT", "pt-PT"],
    ["pt_AO", "pt-BR"],
    ["es-MX", "es-MX"],
    ["es-AR", "es-ES"],
    ["no", "nb-NO"],
    ["nn-NO", "nb-NO"],
    ["tl", "fil-PH"],
    ["ar-SA", "arb"],
    ["yue", "zh-HK"],
    ["zh_Hant_TW", "zh-CN"],
    ["zh-Hant-HK", "zh-HK"],
    // A header's list: its quality values may be nonsense, and the first that is known wins.
    ["de-DE,de;q=0.9,en;q=0.8", "de-DE"],
    ["es-AR,es;q=8.0", "es-ES"],
    ["tlh, fi;q=0.5", "fi-FI"],
    ["*, pt-PT", "pt-PT"],
    ["en_GB.UTF-8", "en-GB"],
  ])("suits %s: %s", (locale, expected) => {
    expect(languageAmong(spoken, locale)).toBe(expected);
  });

  it.each([undefined, "", "*", "ja", "tlh", "not a tag", 'en" x="', "a<b&c", "🙂", "-", "en-"])(
    "is not found for %j",
    (locale) => {
      expect(languageAmong(spoken, locale)).toBeUndefined();
    },
  );

  it.each([
    ["en_US,de,pt_BR", "pt", "pt_BR"],
    ["en_US,de,pt_BR", "de-DE", "de"],
    ["en_US,zh_TW,zh_CN", "zh-Hans", "zh_CN"],
    ["en_US,zh_CN,zh_TW", "zh-Hant", "zh_TW"],
    ["en,en-au,no,pt-br,pt-pt", "en-NZ", "en"],
    ["en,en-au,no,pt-br,pt-pt", "nb", "no"],
    ["pt,pt-BR", "pt-PT", "pt"],
  ])("is an entry of %s as it is written there, for %s: %s", (list, locale, expected) => {
    expect(languageAmong(list, locale)).toBe(expected);
  });
});

describe("a language as a tag", () => {
  it.each([
    ["de_DE", "de-DE"],
    ["de-DE,de;q=0.9", "de-DE"],
    ["zh_Hant_TW", "zh-Hant-TW"],
    ["EN-gb", "en-GB"],
    ['en" x="', undefined],
    ["", undefined],
    [undefined, undefined],
  ])("is %s as %s", (locale, expected) => {
    expect(languageTag(locale)).toBe(expected);
  });
});
