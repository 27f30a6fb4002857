/**
 * A phone number as E.164: `+` and up to 15 digits. Separators that people write are stripped;
 * Auth0's own documentation shows a recipient as `+1-808-555-5555`.
 *
 * @returns an empty text for anything else, numbers without `+` included: their country is unknown
 */
export function e164(value: unknown): string {
  const number = String(value)
    .slice(0, 40)
    .replace(/[\s().\-/\u2010-\u2015]/g, "");
  return /^\+[1-9]\d{1,14}$/.exec(number)?.[0] ?? "";
}
