import type { Environment } from "./environment.ts";
import type { ConfigWarning } from "./warnings.ts";

/**
 * Countries whose carriers take no alphanumeric senders, by AWS's guide to sender ids. Vendors keep
 * longer lists of their own, which change.
 *
 * @see https://docs.aws.amazon.com/sms-voice/latest/userguide/sender-id.html
 */
const withoutNames = { countries: ["US", "CA", "CN"], read: "2026-11-25" };

const isName = (sender: string | undefined) => sender !== undefined && /[A-Za-z]/.test(sender);

/** Alphanumeric senders for countries that take numbers only. */
export function senderWarnings({ phone }: Environment): ConfigWarning[] {
  if (!phone) return [];
  const { allow, deny = [] } = phone.countries ?? {};
  const forbidden = withoutNames.countries
    .filter((country) => (allow?.includes(country) ?? true) && !deny.includes(country))
    .filter((country) => isName(phone.senders?.[country] ?? phone.from));
  return forbidden.map((country) => {
    const own = phone.senders?.[country];
    return {
      kind: "sender-forbidden",
      field: own === undefined ? "phone.from" : `phone.senders.${country}`,
      expected: `a number as the sender for ${country}`,
      got: own ?? phone.from ?? "",
      todo: `name a number in phone.senders.${country}: carriers there take no alphanumeric sender (as of ${withoutNames.read})`,
    };
  });
}
