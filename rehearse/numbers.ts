import type { CountryCode } from "libphonenumber-js/max";
import { getCountryCallingCode } from "libphonenumber-js/max";
import type { Environment } from "../environments/schema/environment.ts";

/**
 * What the rehearsed phone numbers begin with: a place that the environment sends to. Seven digits
 * follow, so that numbers are as long as real ones.
 */
export function numbersFor({ phone }: Environment): string {
  const [area] = phone?.countries?.allow ?? Object.keys(phone?.senders ?? {});
  if (area === undefined || area === "US") return "+1202";
  return area.startsWith("+") ? area : `+${getCountryCallingCode(area as CountryCode)}`;
}
