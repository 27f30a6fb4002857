import fc from "fast-check";
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from "libphonenumber-js/max";
import examples from "libphonenumber-js/examples.mobile.json" with { type: "json" };
import { describe, expect, it } from "vitest";
import { countryRules } from "../../actions/delivery/countries.ts";
import { countryTable } from "../../bundle/countries.ts";
import { entry, environmentOf } from "../actions/samples.ts";

const environment = (phone: object) => environmentOf("phone", [entry("phone", "http")], phone);
const all = getCountries();
const tableOf = (allow: readonly string[]) =>
  countryTable(environment({ countries: { allow } })) ?? {};
const whole = countryRules(tableOf(all), {}, {});

describe("the table of countries", () => {
  it.each([
    ["+12025550123", "US"],
    ["+14165550123", "CA"],
    ["+18765550123", "JM"],
    ["+17875550123", "PR"],
    ["+18095550123", "DO"],
    ["+12425550123", "BS"],
    ["+79161234567", "RU"],
    ["+77012345678", "KZ"],
    ["+442071838750", "GB"],
    ["+447781123456", "GG"],
    ["+447797712345", "JE"],
    ["+447624123456", "IM"],
    ["+4915112345678", "DE"],
    ["+390612345678", "IT"],
    ["+3584123456789", "FI"],
    ["+61412345678", "AU"],
    ["+212612345678", "MA"],
    ["+262639012345", "YT"],
  ])("gives %s to %s", (number, country) => {
    expect(whole.country(number)).toBe(country);
  });

  it.each(all.map((country) => [country, getExampleNumber(country, examples)?.number ?? ""]))(
    "gives the example number of %s to what the library says",
    (_country, number) => {
      expect(whole.country(number)).toBe(parsePhoneNumberFromString(number)?.country);
    },
  );

  it("agrees with the library on 99 in a hundred valid numbers of the shared codes", () => {
    let valid = 0;
    let wrong = 0;
    const code = fc.constantFrom("1", "7", "44", "47", "212", "262", "358", "590", "599");
    fc.assert(
      fc.property(code, fc.stringMatching(/^\d{10}$/), (prefix, digits) => {
        for (const length of [7, 8, 9, 10]) {
          const parsed = parsePhoneNumberFromString(`+${prefix}${digits.slice(0, length)}`);
          if (!parsed?.isValid() || parsed.country === undefined) continue;
          valid++;
          if (whole.country(parsed.number) !== parsed.country) wrong++;
        }
      }),
      { numRuns: 4_000, seed: 1 },
    );
    expect(valid).toBeGreaterThan(500);
    expect(wrong / valid).toBeLessThan(0.01);
  });

  it.each([
    ["MA", "+212612345678"],
    ["GP", "+590690001234"],
  ])("leaves %s its numbers that another country shares", (country, number) => {
    expect(countryRules(tableOf([country]), {}, {}).country(number)).toBe(country);
  });

  it("holds only what the rules name", () => {
    expect(tableOf(["DE"])).toEqual({ DE: "49" });
    expect(Object.keys(tableOf(["CA"])).sort()).toEqual(["", "CA"]);
  });

  it("knows nothing of the main country of a code where only another one is named", () => {
    const rules = countryRules(tableOf(["CA", "GG", "KZ"]), {}, {});
    expect(rules.country("+14165550123")).toBe("CA");
    for (const number of ["+12025550123", "+442071838750", "+79161234567"])
      expect(rules.country(number)).toBeUndefined();
  });

  it.each<[string, object]>([
    ["allowed countries", { countries: { allow: ["DE"] } }],
    ["denied countries", { countries: { deny: ["DE"] } }],
    ["rules for calls", { methods: ["text", "voice"], countries: { voice: { deny: ["DE"] } } }],
    ["senders", { senders: { DE: "Example" } }],
    ["routes", { routes: [{ countries: ["DE"], vendors: ["http"] }] }],
  ])("is made for %s", (_name, phone) => {
    expect(countryTable(environment(phone))).toEqual({ DE: "49" });
  });

  it("is empty for prefixes alone, and not there without rules", () => {
    expect(countryTable(environment({ countries: { deny: ["+4930"] } }))).toEqual({});
    expect(countryTable(environment({}))).toBeUndefined();
  });
});
