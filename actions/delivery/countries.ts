import type { CountryRules } from "./phone.ts";

/** Countries (ISO 3166 codes) and prefixes (`+` and digits) that may be sent to, or may not. */
export interface Allowed {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}

/**
 * Rules by country.
 *
 * @param prefixes - ISO 3166 code by digits; the longest prefix decides, an empty code stands for
 * countries that no rule names
 * @param everywhere - for every message
 * @param voice - for calls, in addition
 */
export function countryRules(
  prefixes: Readonly<Record<string, string>>,
  everywhere: Allowed,
  voice: Allowed,
): CountryRules {
  const country = (number: string) => {
    for (let end = number.length; end > 1; end--) {
      const code = prefixes[number.slice(1, end)];
      if (code !== undefined) return code || undefined;
    }
    return undefined;
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
