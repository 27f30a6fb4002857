import type { HttpResponse, Verdict, VerdictKind } from "./vendor.ts";

/** A vendor's own codes by what they mean; codes are compared as text. */
export type CodeTable = Partial<
  Readonly<Record<Exclude<VerdictKind, "accepted">, readonly (string | number)[]>>
>;

/** Reads a path of a parsed body: `undefined` where anything on the way is missing. */
export function field(json: unknown, ...path: readonly (string | number)[]): unknown {
  let value = json;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

/** A vendor's code as text: numbers and strings pass, anything else is `undefined`. */
export function codeText(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

const kinds = [
  "recipient_refused",
  "destination_refused",
  "account_fault",
  "not_sent",
  "unknown",
] as const;

/**
 * The verdict that a vendor's code table gives, or `undefined` for a code that is not in it. Vendors
 * change the case of their codes between versions, so it does not count.
 */
export function byCode(table: CodeTable, value: unknown): Verdict | undefined {
  const code = codeText(value);
  const same = code?.toLowerCase();
  const kind = kinds.find((one) =>
    table[one]?.some((known) => String(known).toLowerCase() === same),
  );
  return kind && { kind, code };
}

/**
 * A vendor's text without the addresses that it quotes, so that nobody chooses by the name of their
 * mailbox what it seems to say; empty for anything else.
 */
export function withoutAddresses(text: unknown): string {
  return (codeText(text) ?? "").replace(/[^\s"'`<>]+@[^\s"'`<>]*/g, "");
}

/**
 * The verdict on a recipient whom a text blames. A vendor without SMTPUTF8 refuses every address
 * whose local part is not ASCII: that says nothing against the address, and another vendor may reach
 * it.
 */
export function recipientVerdict(text: unknown, code?: unknown): Verdict {
  const own = /(?![a-z])\p{L}|\bascii\b|unicode|smtputf8|control or whitespace/iu;
  const kind = own.test(codeText(text) ?? "") ? "destination_refused" : "recipient_refused";
  return { kind, code: codeText(code) };
}

/**
 * The verdict of a refusal that only its text explains: of the recipient, if it `blames` the recipient
 * or the content and comes as a 400 or 422; otherwise `undefined`.
 */
export function byText(
  { status }: HttpResponse,
  blames: boolean,
  text: unknown,
  code?: unknown,
): Verdict | undefined {
  return blames && (status === 400 || status === 422) ? recipientVerdict(text, code) : undefined;
}

/**
 * The verdict that a receiver of one's own gives by name: `{"outcome": "recipient_refused"}` in a
 * 4xx or 5xx. `accepted` is told by a 2xx alone.
 */
export function byOutcome({ status, json }: HttpResponse): Verdict | undefined {
  const outcome = field(json, "outcome");
  const kind = status >= 400 ? kinds.find((one) => one === outcome) : undefined;
  return kind && { kind, code: kind };
}

/**
 * The verdict of a status alone, for what no code decides. 408, 425, 429 and 5xx pass; a 504 may
 * have been taken. Every other 4xx is the account's fault, so that the next vendor is asked: only a
 * vendor's own table may blame the recipient. A 2xx is `unknown` unless `good` says that its body
 * is the vendor's own: a proxy's HTML in a 200 proves nothing. A 3xx is the account's fault: the
 * request went to the wrong place.
 *
 * @param good - whether a 2xx answer has a body that proves acceptance
 * @param code - the vendor's own code, reported next to the status
 */
export function byStatus({ status }: HttpResponse, good: boolean, code?: unknown): Verdict {
  const verdict = (kind: VerdictKind) => ({ kind, code: codeText(code) });
  if (status >= 200 && status < 300) return verdict(good ? "accepted" : "unknown");
  if (status === 504) return verdict("unknown");
  if (status >= 500 || [408, 425, 429].includes(status)) return verdict("not_sent");
  return verdict("account_fault");
}

/**
 * The verdict of an answer whose body says no for a reason that no table knows: the account's fault
 * even with a 2xx, else that of its status.
 */
export function byRefusal(response: HttpResponse, code?: unknown): Verdict {
  return byStatus({ ...response, status: Math.max(400, response.status) }, false, code);
}
