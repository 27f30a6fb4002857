import { Metadata } from "libphonenumber-js/core";
import type { CountryCode, NumberingPlan } from "libphonenumber-js/core";
import metadata from "libphonenumber-js/metadata.max.json";
import type { Environment } from "../config/environment.ts";

/**
 * The digits that numbers of a country begin with, by its ISO 3166 code, separated by spaces. The
 * longest decides, and an empty code stands for countries that no rule names.
 */
export type CountryTable = Readonly<Record<string, string>>;

/** How numbers may go on after a prefix, to see whose they are. */
const endings = ["2345678901", "0000000000", "5551234567", "1111111111", "9876543210"];

/** The part of the library's metadata that its types leave out. */
interface Numbering extends NumberingPlan {
  type(name: string): { pattern(): string } | undefined;
}

/** Kinds of numbers that a code may be sent to; the general pattern of a country says too much. */
const kinds = ["FIXED_LINE", "MOBILE", "VOIP"];

/** What the metadata knows of the national numbers of a country. */
function numbersOf(country: CountryCode) {
  const plan = new Metadata(metadata);
  plan.selectNumberingPlan(country);
  const numbering = plan.numberingPlan as Numbering | undefined;
  const leading = numbering?.leadingDigits();
  const patterns = kinds.flatMap((kind) => numbering?.type(kind)?.pattern() ?? []);
  return {
    country,
    lengths: numbering?.possibleLengths() ?? [],
    // Where a country has leading digits, they alone decide, as in the library itself.
    owned: new RegExp(leading ? `^(?:${leading})` : `^(?:${patterns.filter(Boolean).join("|")})$`),
  };
}

/**
 * Prefixes under a shared calling code whose numbers are not the main country's, found by trying
 * numbers: the metadata holds regular expressions, not prefixes.
 */
function exceptions(code: string, main: string, countries: readonly CountryCode[]) {
  const plans = countries.map(numbersOf);
  const lengths = [...new Set(plans.flatMap((plan) => plan.lengths))];
  // Area codes have three digits where numbers begin with 1; elsewhere blocks of numbers have five.
  const depth = code === "1" ? 3 : 5;
  const table = new Map<string, string>();
  const owner = (prefix: string): string | undefined => {
    for (const ending of endings)
      for (const length of lengths) {
        const national = (prefix + ending).slice(0, length);
        const found = plans.find(({ owned }) => owned.test(national));
        if (found) return found.country;
      }
    return undefined;
  };
  /** The one country of a prefix, `undefined` for none, or `null` where there are several. */
  const visit = (prefix: string): string | undefined | null => {
    if (prefix.length === depth) return owner(prefix);
    const inner = Array.from({ length: 10 }, (_, digit) => {
      const longer = prefix + String(digit);
      return { longer, country: visit(longer) };
    });
    const found = new Set(inner.flatMap(({ country }) => country ?? []));
    const [only] = found;
    if (found.size <= 1 && inner.every(({ country }) => country !== null)) return only;
    for (const { longer, country } of inner)
      if (country && country !== main) table.set(code + longer, country);
    return null;
  };
  const whole = visit("");
  if (whole && whole !== main) table.set(code, whole);
  return table;
}

/**
 * Countries by calling code, the main one first: it gets the numbers that no other can be told by,
 * such as all those that Morocco shares with Western Sahara.
 */
const shared = Object.entries(
  metadata.country_calling_codes as Readonly<Record<string, CountryCode[]>>,
);

/** The countries that an environment's phone rules name. */
function named({ phone }: Environment): Set<string> {
  const lists = [
    ...[phone?.countries, phone?.countries?.voice].flatMap((allowed) => [
      allowed?.allow,
      allowed?.deny,
    ]),
    Object.keys(phone?.senders ?? {}),
    ...(phone?.routes.map(({ countries }) => countries) ?? []),
  ];
  return new Set(lists.flatMap((list) => list ?? []).filter((area) => !area.startsWith("+")));
}

/**
 * What a bundle must know of calling codes: only those of countries that the environment names, and
 * their exceptions. `undefined` where it names neither countries nor prefixes.
 */
export function countryTable(environment: Environment): CountryTable | undefined {
  const wanted = named(environment);
  const { phone } = environment;
  if (wanted.size === 0 && !phone?.countries) return undefined;
  const table = new Map<string, string>();
  for (const [code, countries] of shared) {
    if (!countries.some((country) => wanted.has(country))) continue;
    const [main = ""] = countries;
    table.set(code, wanted.has(main) ? main : "");
    if (countries.length === 1) continue;
    for (const [prefix, country] of exceptions(code, main, countries))
      table.set(prefix, wanted.has(country) ? country : "");
  }
  // What a shorter prefix already says is left out.
  const said = (prefix: string): string | undefined => {
    for (let end = prefix.length - 1; end > 0; end--) {
      const shorter = table.get(prefix.slice(0, end));
      if (shorter !== undefined) return shorter;
    }
    return undefined;
  };
  const needed = [...table].filter(([prefix, country]) => said(prefix) !== country);
  const countries = [...new Set(needed.map(([, country]) => country))].sort();
  const prefixes = (of: string) =>
    needed.filter(([, country]) => country === of).map(([prefix]) => prefix);
  return Object.fromEntries(
    countries.map((country) => [country, prefixes(country).sort().join(" ")]),
  );
}
