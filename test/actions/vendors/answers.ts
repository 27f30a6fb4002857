import { describe, expect, it } from "vitest";
import type {
  HttpResponse,
  Vendor,
  Verdict,
  VerdictKind,
} from "../../../actions/vendors/vendor.ts";
import type { SettingsSpec } from "../../../actions/vendors/settings.ts";

/** A vendor's answer as the engine hands it to `verdict`; objects become JSON. */
export function answer(
  status: number,
  body: unknown = "",
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status, headers, body: text, json };
}

/** Name, answer, expected kind and, where it matters, code or the whole verdict. */
export type AnswerRow = readonly [
  name: string,
  response: HttpResponse,
  expected: VerdictKind | Verdict,
];

/** What every vendor must take for what it is, whatever its own codes are. */
const everywhere: readonly AnswerRow[] = [
  ["500 without a body", answer(500), "not_sent"],
  ["502 with a proxy's HTML", answer(502, "<html>Bad Gateway</html>"), "not_sent"],
  ["503", answer(503, "{}"), "not_sent"],
  ["429 without Retry-After", answer(429), "not_sent"],
  ["429 with Retry-After", answer(429, "", { "retry-after": "1" }), "not_sent"],
  ["504 without a body", answer(504), "unknown"],
  ["408", answer(408), "not_sent"],
  ["405 without a body", answer(405), "account_fault"],
  ["413 with HTML", answer(413, "<html>Request Entity Too Large</html>"), "account_fault"],
  ["415", answer(415, "{}"), "account_fault"],
  ["a 400 that says nothing", answer(400), "account_fault"],
  ["a 422 with another's body", answer(422, { fault: { reason: "no" } }), "account_fault"],
  ["a redirect", answer(302), "account_fault"],
  ["401 without a body", answer(401), "account_fault"],
  ["403 with HTML", answer(403, "<html>Forbidden</html>"), "account_fault"],
  ["504 with a proxy's HTML", answer(504, "<html>Gateway Timeout</html>"), "unknown"],
  ...[400, 402, 405, 409, 413, 415, 418, 422, 451].map((status): AnswerRow => [
    `${String(status)} with a body that nobody knows`,
    answer(status, { detail: "no" }),
    "account_fault",
  ]),
];

/** Rows of a table for answers that mean the same. */
export function allMean(
  kind: VerdictKind,
  answers: Readonly<Record<string, HttpResponse>>,
): readonly AnswerRow[] {
  return Object.entries(answers).map(([name, response]) => [name, response, kind]);
}

/**
 * One test for each answer of a table, and for the answers that every vendor may give. A row of the
 * table replaces the common row of the same name, for a vendor that says otherwise.
 */
export function givesVerdicts<M, S extends SettingsSpec>(
  vendor: Vendor<M, S>,
  rows: readonly AnswerRow[],
): void {
  const own = new Set(rows.map(([name]) => name));
  const all = [...rows, ...everywhere.filter(([name]) => !own.has(name))];
  describe(`${vendor.name} reads answers`, () => {
    it.each(all)("%s", (_name, response, expected) => {
      const verdict = vendor.verdict(response);
      if (typeof expected === "string") expect(verdict.kind).toBe(expected);
      else expect(verdict).toEqual(expected);
    });
  });
}
