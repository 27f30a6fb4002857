import type { CountryRules } from "./phone.ts";

/** Countries (ISO 3166 codes) and prefixes (`+` and digits) that may be sent to, or may not. */
export interface Allowed {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}

/**
 * Rules by country.
 *
 * @param table - digits that numbers begin with, separated by spaces, by ISO 3166 code; the longest
 * decides, and an empty code stands for countries that no rule names
 * @param everywhere - for every message
 * @param voice - for calls, in addition
 */
export function countryRules(
  table: Readonly<Record<string, string>>,
  everywhere: Allowed,
  voice: Allowed,
): CountryRules {
  const owners = new Map(
    Object.entries(table).flatMap(([code, prefixes]) =>
      prefixes.split(" ").map((prefix) => [prefix, code]),
    ),
  );
  const country = (number: string) => {
    let end = number.length;
    while (end > 1 && !owners.has(number.slice(1, end))) end--;
    const code = owners.get(number.slice(1, end));
    return code === "" ? undefined : code;
  };
  const named = (list: readonly string[], number: string) =>
    list.some((item) =>
      item.startsWith("+") ? number.startsWith(item) : country(number) === item,
    );
  const passes = ({ allow, deny = [] }: Allowed, number: string) =>
    (!allow || named(allow, number)) && !named(deny, number);
  return {
    country,
    allows: (number, isVoice) => passes(everywhere, number) && (!isVoice || passes(voice, number)),
  };
}
