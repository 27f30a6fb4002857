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

/** The verdict that a vendor's code table gives, or `undefined` for a code that is not in it. */
export function byCode(table: CodeTable, value: unknown): Verdict | undefined {
  const code = codeText(value);
  const kind = kinds.find((one) => table[one]?.some((known) => String(known) === code));
  return kind && { kind, code };
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
