import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report } from "../../../actions/delivery/report.ts";
import { logLine, plainCode, reason } from "../../../actions/delivery/report.ts";

const report: Report = {
  otp: "failed",
  type: "otp_verify",
  medium: "text",
  country: "DE",
  last2: "78",
  attempts: 3,
  ms: 1_234,
  vendor: "twilio",
  status: 429,
  code: "20429",
};

describe("the line", () => {
  it("is JSON with stable names", () => {
    expect(JSON.parse(logLine({ ...report, config: ["vonage", "plivo"] }))).toEqual({
      otp: "failed",
      type: "otp_verify",
      medium: "text",
      country: "DE",
      last2: "78",
      attempts: 3,
      ms: 1_234,
      vendor: "twilio",
      status: 429,
      code: "20429",
      config: "vonage,plivo",
    });
  });

  it("counts misconfigured vendors where their names do not fit", () => {
    const config = Array.from({ length: 9 }, (_, index) => `a-vendor-with-a-long-name-${index}`);
    expect(JSON.parse(logLine({ ...report, config }))).toMatchObject({ config: 9 });
  });

  it("leaves out what is not known", () => {
    const line = logLine({ otp: "rejected", type: "unknown", medium: "email", attempts: 0, ms: 1 });
    expect(line).toBe('{"otp":"rejected","type":"unknown","medium":"email","attempts":0,"ms":1}');
  });
});

describe("the reason", () => {
  it.each<[Partial<Report>, string]>([
    [{}, "failed: twilio 429 20429; 3 attempts in 1234 ms"],
    [{ code: undefined }, "failed: twilio 429; 3 attempts in 1234 ms"],
    [{ why: "the handler failed" }, "failed: the handler failed; 3 attempts in 1234 ms"],
    [
      { config: ["vonage", "plivo"] },
      "failed: twilio 429 20429; 3 attempts in 1234 ms; check the configuration of vonage, plivo",
    ],
  ])("with %j is %j", (change, expected) => {
    expect(reason({ ...report, ...change })).toBe(expected);
  });
});

it("keeps line and reason within Auth0's limits for all that a report may hold", () => {
  const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/);
  const reports = fc.record(
    {
      otp: fc.constantFrom("accepted" as const, "repeated" as const, "rejected" as const),
      type: fc.stringMatching(/^[a-z_]{1,32}$/),
      medium: fc.constantFrom("email", "voice"),
      country: fc.constantFrom("DE", "US"),
      last2: fc.stringMatching(/^\d\d$/),
      why: fc.constant("the handler failed"),
      vendor: id,
      status: fc.oneof(fc.nat(999), fc.constant("UNABLE_TO_VERIFY_LEAF_SIGNATURE")),
      attempts: fc.nat(99),
      ms: fc.nat(20_000),
      config: fc.array(id, { maxLength: 10 }),
    },
    { requiredKeys: ["otp", "type", "medium", "attempts", "ms"] },
  );
  fc.assert(
    fc.property(reports, fc.string({ unit: "grapheme", maxLength: 99 }), (one, code) => {
      const whole: Report = { ...one, code: plainCode(code, []) };
      if (typeof one.status === "string") delete whole.code;
      expect(logLine(whole).length).toBeLessThan(256);
      expect(reason(whole).length).toBeLessThan(200);
      JSON.parse(logLine(whole));
    }),
  );
});

describe("a vendor's code", () => {
  it.each(["21610", "131026", "7000222", "ErrorQuotaExceeded", "EC_BAD-1.x:y", "a", "0", "20429"])(
    "is told where it is one: %s",
    (code) => {
      expect(plainCode(code, ["+4915112345678", "987654"])).toBe(code);
    },
  );

  it("is told in 24 characters", () => {
    expect(plainCode("A".repeat(40), [])).toBe("A".repeat(24));
  });

  it.each([
    "",
    "two words",
    "jo@example.org",
    "<html>",
    "A".repeat(41),
    "12345678",
    "id-123456789",
    "{}",
    "-1",
  ])("is not told where it is none: %j", (code) => {
    expect(plainCode(code, [])).toBeUndefined();
  });

  it.each([
    ["the passcode", "987654"],
    ["a part of the passcode", "9876"],
    ["the passcode in a word", "code:987654"],
    ["the passcode in pieces", "987-654"],
    ["the passcode with dots", "9.8.7.6.5.4"],
    ["the passcode behind a letter and a digit", "E1:987_654"],
    ["the number in pieces", "151-12.34"],
    ["a secret without its separators", "sklive51"],
    ["the end of the number", "5678"],
    ["the number without its prefix", "15112345"],
    ["the recipient's name", "jordan"],
    ["a secret", "sk_live_51"],
    ["a part of a secret", "sk_live"],
  ])("is not told where it quotes %s", (_name, code) => {
    const hidden = ["+4915112345678", "987654", "jordan@example.org", "sk_live_51Habc"];
    expect(plainCode(code, hidden)).toBeUndefined();
  });

  it("is nothing where a vendor has none", () => {
    expect(plainCode(undefined, [])).toBeUndefined();
  });
});
