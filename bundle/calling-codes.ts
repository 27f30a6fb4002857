import { Metadata } from "libphonenumber-js/core";
import type { CountryCode, NumberingPlan } from "libphonenumber-js/core";
import metadata from "libphonenumber-js/metadata.max.json";

/** A calling code: its countries, and prefixes whose numbers are not the main country's. */
export interface CallingCode {
  /** ISO 3166 codes, the main country first. */
  readonly countries: readonly string[];
  /** Countries by prefix, each with the calling code in front. */
  readonly prefixes: Readonly<Record<string, string>>;
}

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
 * What calling-codes.json holds: by calling code, its countries (the main one first, which gets the
 * numbers that no other can be told by, such as all those that Morocco shares with Western Sahara)
 * and the prefixes of those that several countries share. It takes a fifth of a second, and changes
 * with the library alone: `npm run docs` writes it.
 */
export function computeCallingCodes(): Record<string, CallingCode> {
  const shared = metadata.country_calling_codes as Readonly<Record<string, CountryCode[]>>;
  return Object.fromEntries(
    Object.entries(shared).map(([code, countries]) => {
      const [main = ""] = countries;
      const found = countries.length > 1 ? exceptions(code, main, countries) : [];
      return [code, { countries, prefixes: Object.fromEntries(found) }];
    }),
  );
}
