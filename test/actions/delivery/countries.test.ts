import { describe, expect, it } from "vitest";
import { countryRules } from "../../../actions/delivery/countries.ts";

const table = { "": "1", CA: "1204 1416", DE: "49", GG: "441481", GB: "44" };
const german = "+4915112345678";
const canadian = "+14165550100";
const guernsey = "+441481960194";

describe("a country", () => {
  const rules = countryRules(table, {}, {});
  it.each([
    [german, "DE"],
    [canadian, "CA"],
    ["+12045550100", "CA"],
    ["+12025550100", undefined],
    [guernsey, "GG"],
    ["+442071838750", "GB"],
    ["+33612345678", undefined],
    ["+", undefined],
    ["", undefined],
  ])("of %s is %s, by the longest prefix", (number, expected) => {
    expect(rules.country(number)).toBe(expected);
  });
});

describe("rules", () => {
  it.each<[string, object, object, string, boolean, boolean]>([
    ["no rule allows everything", {}, {}, german, true, true],
    ["an allowed country", { allow: ["DE"] }, {}, german, true, true],
    ["any other country", { allow: ["DE"] }, {}, canadian, false, false],
    ["a country without a rule", { allow: ["DE"] }, {}, "+33612345678", false, false],
    ["an allowed prefix", { allow: ["+49151"] }, {}, german, true, true],
    ["another prefix", { allow: ["+4930"] }, {}, german, false, false],
    ["a denied country", { deny: ["DE"] }, {}, german, false, false],
    ["a country beside it", { deny: ["DE"] }, {}, canadian, true, true],
    ["a denied prefix", { deny: ["+49151"] }, {}, german, false, false],
    ["both lists: denied wins", { allow: ["DE"], deny: ["+49151"] }, {}, german, false, false],
    ["a country inside another's code", { deny: ["GG"] }, {}, guernsey, false, false],
    ["the other one's own numbers", { deny: ["GG"] }, {}, "+442071838750", true, true],
    ["no calls there", {}, { deny: ["DE"] }, german, true, false],
    ["calls there only", {}, { allow: ["CA"] }, german, true, false],
    ["calls never widen", { deny: ["DE"] }, { allow: ["DE"] }, german, false, false],
  ])("%s", (_name, everywhere, voice, number, text, call) => {
    const rules = countryRules(table, everywhere, voice);
    expect(rules.allows(number, false)).toBe(text);
    expect(rules.allows(number, true)).toBe(call);
  });
});
