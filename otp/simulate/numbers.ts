import type { CountryCode } from "libphonenumber-js/max";
import { getCountryCallingCode } from "libphonenumber-js/max";
import type { Environment } from "../../config/environment.ts";

/** Where numbers come from if the environment names no country; the first that is not denied. */
const usual = ["US", "GB", "DE", "FR", "BR", "IN", "JP"];

/**
 * What the simulated phone numbers begin with: the places that the environment sends to, the first
 * one for most messages. Seven digits follow.
 */
export function numbersFor({ phone }: Environment): readonly [usual: string, other: string] {
  const { allow = usual, deny = [] } = phone?.countries ?? {};
  const start = (area: string) => {
    if (area.startsWith("+")) return area;
    // In North America a calling code alone names no country.
    return area === "US" ? "+1202" : `+${getCountryCallingCode(area as CountryCode)}`;
  };
  const denied = (area: string) =>
    deny.some(
      (other) => other === area || (other.startsWith("+") && start(area).startsWith(other)),
    );
  const [first = start("US"), second = first] = allow.filter((area) => !denied(area)).map(start);
  return [first, second];
}
