import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import {
  vendor as azureSms,
  settings as spec,
  signature,
} from "../../../../actions/vendors/phone/azure-sms.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone } from "../messages.ts";

const { credentials } = captured("phone/azure-sms");
const noon = Date.UTC(2026, 0, 2, 12);
const send = async (
  message: PhoneMessage,
  input: { deliveryReport?: boolean; key?: string; now?: number; firstSeen?: number } = {},
) =>
  azureSms.request({
    message,
    settings: {
      endpoint: credentials["endpoint"] ?? "",
      deliveryReport: input.deliveryReport ?? spec.deliveryReport.default,
    },
    secrets: { accessKey: credentials["accessKey"] ?? "" },
    key: input.key ?? key,
    now: input.now ?? noon,
    ...(input.firstSeen !== undefined && { firstSeen: input.firstSeen }),
    token: "",
  });

const varies = {
  "headers.authorization": "the capture leaves it out; signatures are compared below",
  "headers.x-ms-content-sha256": "the capture leaves it out",
  "headers.x-ms-date": "the capture leaves it out",
  "body.smsRecipients.0.repeatabilityRequestId": "made from the key, where the SDK makes a new one",
  "body.smsRecipients.0.repeatabilityFirstSent": "the capture leaves it out",
};
const tag = { "body.smsSendOptions.tag": "the key is always told, to find a message in reports" };

equalsSdk("phone/azure-sms", {
  A: { request: () => send(phone()), differences: { ...varies, ...tag } },
  "A+name": {
    request: () => send(phone({ from: "Example" })),
    differences: { ...varies, ...tag },
  },
  "A+options": {
    request: () => send(phone(), { deliveryReport: true }),
    differences: varies,
  },
});

interface Vectors {
  readonly cases: readonly {
    readonly case: string;
    readonly request: { readonly url: string };
    readonly signing: { readonly vector: Readonly<Record<string, string>> };
  }[];
}
const vectors = JSON.parse(
  readFileSync(new URL("../../../fixtures/vendors/phone/azure-sms.json", import.meta.url), "utf8"),
) as Vectors;

interface Sent {
  readonly message: string;
  readonly smsRecipients: readonly [
    {
      readonly to: string;
      readonly repeatabilityRequestId: string;
      readonly repeatabilityFirstSent: string;
    },
  ];
}
const recipient = async (key: string, now: number, firstSeen?: number) => {
  const { body } = await send(phone(), { key, now, ...(firstSeen !== undefined && { firstSeen }) });
  return (JSON.parse(body) as Sent).smsRecipients[0];
};
const first = async (key: string, now: number, firstSeen?: number) =>
  Date.parse((await recipient(key, now, firstSeen)).repeatabilityFirstSent);
const own = "0123456789abcdef0123456789abcdef";
const minutes = 60_000;

describe("azure-sms", () => {
  it.each(vectors.cases)("signs as the SDK does: $case", ({ request, signing: { vector } }) => {
    const now = Date.parse(vector["x-ms-date"] ?? "");
    expect(
      signature(request.url, vector["rawBody"] ?? "", credentials["accessKey"] ?? "", now),
    ).toEqual({
      authorization: vector["authorization"],
      "x-ms-date": vector["x-ms-date"],
      "x-ms-content-sha256": vector["x-ms-content-sha256"],
    });
  });

  it("signs the body that it sends", async () => {
    const { url, body, headers } = await send(phone(german));
    expect(headers).toMatchObject(signature(url, body, credentials["accessKey"] ?? "", noon));
    expect((JSON.parse(body) as Sent).message).toBe(german.text);
  });

  it("makes a UUID of version 4 from the key, the same each time", async () => {
    const { repeatabilityRequestId } = await recipient(own, noon);
    expect(repeatabilityRequestId).toMatch(/^01234567-89ab-4def-[89ab]123-456789abcdef$/);
    expect((await recipient(own, noon + minutes)).repeatabilityRequestId).toBe(
      repeatabilityRequestId,
    );
  });

  it("names one first time for every attempt of a message", async () => {
    for (let seen = noon; seen < noon + 3 * minutes; seen += 7_777) {
      const start = await first(own, seen, seen);
      expect(await first(own, seen + 17_000, seen)).toBe(start);
      expect(await first(own, seen + 2 * minutes, seen)).toBe(start);
    }
  });

  it("names it mostly right where an earlier execution is forgotten", async () => {
    const start = await first(own, noon);
    expect(await first(own, start)).toBe(start);
    expect(await first(own, start + 2 * minutes - 1000)).toBe(start);
    expect(await first(own, start + 2 * minutes)).toBe(start + 2 * minutes);
  });

  it("never names a first time to come or one that Azure no longer tracks", async () => {
    for (let ago = 0; ago < 10 * minutes; ago += 7_777) {
      const age = noon - (await first(own, noon, noon - ago));
      expect(age).toBeGreaterThanOrEqual(0);
      expect(age).toBeLessThanOrEqual(4.5 * minutes);
    }
  });

  it("does not let all messages change their first time at once", async () => {
    const other = "fedcba9876543210fedcba9876543210";
    expect((await first(other, noon)) % (2 * minutes)).not.toBe(
      (await first(own, noon)) % (2 * minutes),
    );
  });
});

const one = (httpStatusCode: number, rest: object = {}) =>
  answer(202, { value: [{ to: "+15005550006", httpStatusCode, successful: false, ...rest }] });
const rejected = (code: string) => ({ kind: "recipient_refused", code }) as const;
const misconfigured = (code: string) => ({ kind: "account_fault", code }) as const;
const unavailable = (code: string) => ({ kind: "not_sent", code }) as const;

// Source of the statuses: "Common error codes" and "Repeatability of requests" in the reference of
// Azure Communication Services, and the recorded answers in the tests of its official SDK.
givesVerdicts(azureSms, [
  [
    "accepted",
    one(202, { successful: true, messageId: "m", repeatabilityResult: "accepted" }),
    { kind: "accepted" },
  ],
  ["an empty 202", answer(202), "not_sent"],
  ["a 202 without recipients", answer(202, { value: [] }), "not_sent"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "not_sent"],
  [
    "an invalid number inside a 202",
    one(400, { repeatabilityResult: "accepted" }),
    rejected("400"),
  ],
  ["a sender that is not allowed, inside a 202", one(401), misconfigured("401")],
  ["an unknown sender inside a 202", one(404), misconfigured("404")],
  ["a rate limit inside a 202", one(429), unavailable("429")],
  ["an internal error inside a 202", one(500), unavailable("500")],
  ["an attempt still under way", one(409), unavailable("409")],
  ["a first time that is too old", one(412), unavailable("412")],
  [
    "a repetition refused",
    one(400, { repeatabilityResult: "recipient_refused" }),
    unavailable("400"),
  ],
  ["no success and no status", answer(202, { value: [{ successful: false }] }), "not_sent"],
  [
    "a refused signature",
    answer(401, { error: { code: "Denied", message: "m" } }),
    misconfigured("Denied"),
  ],
  // Unverified what a 400 of the whole request may say: recipients' faults stand inside a 202.
  ["a bad request", answer(400, { error: { code: "BadRequest" } }), misconfigured("BadRequest")],
]);
