import callingCodes from "./calling-codes.json" with { type: "json" };
import type { CallingCode } from "./calling-codes.ts";
import type { Environment } from "../config/environment.ts";

/**
 * The digits that numbers of a country begin with, by its ISO 3166 code, separated by spaces. The
 * longest decides, and an empty code stands for countries that no rule names.
 */
export type CountryTable = Readonly<Record<string, string>>;

const shared = Object.entries<CallingCode>(callingCodes);

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
  for (const [code, { countries, prefixes }] of shared) {
    if (!countries.some((country) => wanted.has(country))) continue;
    const [main = ""] = countries;
    table.set(code, wanted.has(main) ? main : "");
    for (const [prefix, country] of Object.entries(prefixes))
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
