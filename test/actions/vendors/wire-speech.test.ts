import { expect, it } from "vitest";
import { nearestLanguage, spokenLanguage } from "../../../actions/vendors/language.ts";
import { withoutPlus } from "../../../actions/vendors/request.ts";

it.each([
  ["de", "de-DE"],
  ["de-AT", "de-AT"],
  ["pt", "pt-BR"],
  ["zh-Hant", "zh-TW"],
  ["EN-gb", "en-GB"],
  ["no", "nb-NO"],
  [undefined, "en-US"],
  ["", "en-US"],
  ["not a tag", "en-US"],
  ["tlh", "en-US"],
])("speaks %s as %s", (locale, expected) => {
  expect(spokenLanguage(locale)).toBe(expected);
});

it.each([
  ["+15005550006", "15005550006"],
  ["Example", "Example"],
  ["A+B", "A+B"],
])("writes %s as %s where digits are asked for", (number, expected) => {
  expect(withoutPlus(number)).toBe(expected);
});

it.each([
  ["de", "de-DE"],
  ["de-AT", "de-DE"],
  ["pt-PT", "pt-PT"],
  ["pt-AO", "pt-BR"],
  ["ja", "en-US"],
  ["fil", "en-US"],
])("takes %s for the nearest language of a list, %s", (locale, expected) => {
  expect(nearestLanguage("en-US de-DE fi-FI pt-BR pt-PT", locale)).toBe(expected);
});
