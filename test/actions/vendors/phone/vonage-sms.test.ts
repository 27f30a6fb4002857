import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import { vendor as vonageSms } from "../../../../actions/vendors/phone/vonage-sms.ts";
import type { AnswerRow } from "../answers.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone } from "../messages.ts";

const { credentials } = captured("phone/vonage-sms");
const send = (message: PhoneMessage) =>
  vonageSms.request({
    message,
    settings: { apiKey: credentials["apiKey"] ?? "" },
    secrets: { apiSecret: credentials["apiSecret"] ?? "" },
    key,
    now: 0,
    token: "",
  });
const sent = async (message: PhoneMessage) =>
  JSON.parse((await send(message)).body) as Record<string, unknown>;

const recipient = { "body.to": "Vonage documents numbers without the plus sign" };
const digits = { ...recipient, "body.from": "Vonage documents numbers without the plus sign" };
const always = {
  "body.ttl": "a code that waits past its lifetime is never sent",
  "body.client-ref": "the key is always told, to find a message in Vonage's reports",
};

equalsSdk("phone/vonage-sms", {
  A: { request: () => send(phone()), differences: { ...digits, ...always } },
  "A+name": {
    request: () => send(phone({ from: "Example" })),
    differences: { ...recipient, ...always },
  },
  "A+options": { request: () => send(phone()), differences: digits },
});

describe("vonage-sms", () => {
  it("says that umlauts, emoji and dashes need UCS-2", async () => {
    expect(await sent(phone(german))).toEqual({
      to: "4915112345678",
      from: "4915112345679",
      text: german.text,
      type: "unicode",
      "client-ref": key,
      ttl: 180_000,
    });
  });

  it.each([
    ["Grüße für 3 €: {[~]}\n@example.com #123456", undefined],
    ["ÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡¿§", undefined],
    ["it’s 123456", "unicode"],
    ["код 123456", "unicode"],
    ["garçon 123456", "unicode"],
  ])("takes %j for type %s", async (text, type) => {
    expect((await sent(phone({ text })))["type"]).toBe(type);
  });

  it("never asks for less than the 20 s that Vonage takes", async () => {
    expect((await sent(phone({ lifetimeS: 5 })))["ttl"]).toBe(20_000);
  });
});

const status = (...codes: string[]) =>
  answer(200, { "message-count": "1", messages: codes.map((code) => ({ status: code })) });
const kinds = {
  recipient_refused: ["2", "3", "6", "7", "12", "17", "22", "23", "33"],
  account_fault: ["4", "8", "9", "11", "14", "15", "29", "32"],
  // 99 is nothing that Vonage documents.
  not_sent: ["1", "5", "10", "99"],
} as const;
const rows = Object.entries(kinds).flatMap(([kind, codes]) =>
  codes.map((code): AnswerRow => [
    `a 200 with status ${code}`,
    status(code),
    { kind: kind as keyof typeof kinds, code },
  ]),
);

// Source of the codes: Vonage's table of SMS API errors, and the enum of its SDK.
givesVerdicts(vonageSms, [
  ["accepted", status("0"), "accepted"],
  ["accepted in three parts", status("0", "0", "0"), "accepted"],
  ["a second part refused", status("0", "1"), { kind: "not_sent", code: "1" }],
  ...rows,
  ["a status that is a number", answer(200, { messages: [{ status: 7 }] }), "recipient_refused"],
  ["a 200 without messages", answer(200, { messages: [] }), "not_sent"],
  ["a 200 without a status", answer(200, { messages: [{}] }), "not_sent"],
  ["an empty 200", answer(200), "not_sent"],
  ["HTML in a 200", answer(200, "<html>"), "not_sent"],
]);
