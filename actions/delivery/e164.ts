/**
 * A phone number as E.164: `+` and up to 15 digits. Separators that people write, and the invisible
 * marks that come with copied numbers, are stripped; Auth0's own documentation shows a recipient as
 * `+1-808-555-5555`. A trunk zero in parentheses (`+44 (0)7700 …`) is never dialled after a country
 * code and goes too; Italy and San Marino are the exceptions, where the zero is part of the number.
 *
 * @returns an empty text for anything else, numbers without `+` included: their country is unknown
 */
export function e164(value: unknown): string {
  const number = String(value)
    .slice(0, 40)
    .replace(/[\s\-./\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g, "")
    .replace(/^(\+(?!39|378)\d{1,3})\(0\)/, "$1")
    .replace(/[()]/g, "");
  return /^\+[1-9]\d{1,14}$/.exec(number)?.[0] ?? "";
}
