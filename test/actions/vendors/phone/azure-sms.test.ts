import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import {
  vendor as azureSms,
  settings as spec,
  signature,
} from "../../../../actions/vendors/phone/azure-sms.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
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
const problem = (errors: object) =>
  answer(400, { title: "One or more validation errors occurred.", status: 400, errors });

// Source of the statuses: https://learn.microsoft.com/rest/api/communication/errorcodes, "Repeatability
// of requests" there, and the recorded answers in the tests of the official SDK.
givesVerdicts(azureSms, [
  [
    "accepted",
    one(202, { successful: true, messageId: "m", repeatabilityResult: "accepted" }),
    { kind: "accepted" },
  ],
  ...allMean("unknown", {
    "an empty 202": answer(202),
    "a 202 without recipients": answer(202, { value: [] }),
    "HTML in a 200": answer(200, "<html>login</html>"),
    "an attempt still under way": one(409),
  }),
  [
    "an invalid number inside a 202",
    one(400, { repeatabilityResult: "accepted", errorMessage: "Invalid To phone number format." }),
    { kind: "recipient_refused", code: "400" },
  ],
  ...allMean("recipient_refused", {
    "an invalid number inside a 202 without a message": one(400),
    "opted out inside a 202": one(403, { errorMessage: "The recipient has opted out" }),
    "an invalid number of the request": problem({
      "SmsRecipients[0].To": ["Invalid To phone number format."],
    }),
    "a text of the request": problem({ Message: ["The message is too long."] }),
  }),
  ...allMean("account_fault", {
    "a sender inside a 202": one(400, { errorMessage: "Invalid From phone number format." }),
    "a sender that is not allowed, inside a 202": one(401),
    "an unknown sender inside a 202": one(404),
    "a sender of the request": problem({ From: ["Invalid From phone number format."] }),
    "sender and number of the request": problem({ From: ["no"], "SmsRecipients[0].To": ["no"] }),
    "a sender by a sentence": answer(400, {
      error: { code: "BadRequest", message: "The from number is not owned by the resource." },
    }),
    "a bad request": answer(400, { error: { code: "BadRequest" } }),
  }),
  [
    "a refused signature",
    answer(401, { error: { code: "Denied", message: "m" } }),
    { kind: "account_fault", code: "Denied" },
  ],
  ...allMean("not_sent", {
    "a rate limit inside a 202": one(429),
    "an internal error inside a 202": one(500),
    "a first time that is too old": one(412),
    "a repetition refused": one(400, { repeatabilityResult: "rejected" }),
    "no success and no status": answer(202, { value: [{ successful: false }] }),
  }),
]);
