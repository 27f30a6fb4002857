import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import { vendor as vonageSms } from "../../../../actions/vendors/phone/vonage-sms.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
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

  it("sends a message without a code without a lifetime", async () => {
    expect(await sent(phone({ lifetimeS: undefined }))).not.toHaveProperty("ttl");
  });

  it("never asks for less than the 20 s that Vonage takes", async () => {
    expect((await sent(phone({ lifetimeS: 5 })))["ttl"]).toBe(20_000);
  });
});

const part = (status: unknown, text = "") => ({ status, "error-text": text });
const said = (...parts: readonly object[]) =>
  answer(200, { "message-count": String(parts.length), messages: parts });

// Source of the codes: https://developer.vonage.com/en/api-errors/sms, and the enum of its SDK.
givesVerdicts(vonageSms, [
  ["accepted", said(part("0")), "accepted"],
  ["accepted in three parts", said(part("0"), part("0"), part("0")), "accepted"],
  ["a second part refused", said(part("0"), part("1")), { kind: "not_sent", code: "1" }],
  ["a barred number", said(part("7", "Number barred")), { kind: "recipient_refused", code: "7" }],
  ...allMean("recipient_refused", {
    "no to": said(part("2", "Missing to param")),
    "an invalid to": said(part("3", "Invalid value for parameter: to")),
    "an unknown prefix": said(part("6", "Unroutable message - rejected")),
    "too long": said(part("12")),
    "a blocked message": said(part("17")),
    "a deactivated number": said(part("33", "Number De-activated")),
    "an invalid number": said(part("34")),
    "a status that is a number": said(part(7)),
  }),
  [
    "a destination that is not allowed",
    said(part("29", "Non White-listed Destination - rejected")),
    { kind: "destination_refused", code: "29" },
  ],
  [
    "an illegal sender",
    said(part("15", "Illegal Sender Address - rejected")),
    { kind: "account_fault", code: "15" },
  ],
  ...allMean("account_fault", {
    "no from": said(part("2", "Missing from param")),
    "no user": said(part("2", "Missing username")),
    "an invalid from": said(part("3", "Invalid from param")),
    "an invalid parameter without a name": said(part("3")),
    "bad credentials": said(part("4", "Bad Credentials")),
    "account barred": said(part("8")),
    "no credit": said(part("9", "Quota Exceeded - rejected")),
    "not enabled for HTTP": said(part("11")),
    "a bad signature": said(part("14")),
    "an invalid lifetime": said(part("16")),
    "a facility that is not allowed": said(part("19")),
    "an invalid network": said(part("22")),
    "an invalid callback": said(part("23")),
    "signed and with a secret": said(part("32")),
    "a status that Vonage does not document": said(part("99")),
    "a general error": answer(401, { type: "unauthorized", title: "Unauthorized" }),
  }),
  ...allMean("not_sent", {
    throttled: said(part("1")),
    "an internal error": said(part("5")),
    "too many binds": said(part("10")),
    "a failed communication": said(part("13")),
  }),
  ...allMean("unknown", {
    "a 200 without messages": answer(200, { messages: [] }),
    "a 200 without a status": said({}),
    "an empty 200": answer(200),
    "HTML in a 200": answer(200, "<html>"),
  }),
]);
