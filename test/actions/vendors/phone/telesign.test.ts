import { expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import {
  settings as spec,
  vendor as telesign,
} from "../../../../actions/vendors/phone/telesign.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone } from "../messages.ts";

const { credentials } = captured("phone/telesign");
const send = (message: PhoneMessage) =>
  telesign.request({
    message,
    settings: {
      customerId: credentials["customerId"] ?? "",
      accountLifecycleEvent: spec.accountLifecycleEvent.default,
    },
    secrets: { apiKey: credentials["apiKey"] ?? "" },
    key,
    now: 0,
    token: "",
  });

/** The captured messages have no sender. */
const unsent = (change: Partial<PhoneMessage> = {}): PhoneMessage => {
  const { from, ...message } = phone();
  expect(from).toBeDefined();
  return { ...message, ...change };
};

const unsigned = {
  "headers.date": "part of a signature, which Basic does not need",
  "headers.x-ts-auth-method": "part of a signature, which Basic does not need",
  "headers.x-ts-nonce": "part of a signature, which Basic does not need",
};
const basic = {
  ...unsigned,
  "headers.authorization": "Basic for a signature: TLS guards both, and a nonce would be random",
};
const always = {
  "body.account_lifecycle_event": "always told to Telesign's fraud guard",
  "body.external_id": "the key is always told, to find a message in Telesign's reports",
};

equalsSdk("phone/telesign", {
  A: { request: () => send(unsent()), differences: { ...basic, ...always } },
  "A+plus": {
    request: () => send(unsent()),
    differences: {
      ...basic,
      ...always,
      "body.phone_number": "Telesign documents digits; the SDK passes on what it is given",
    },
  },
  "A+basic": { request: () => send(unsent()), differences: { ...unsigned, ...always } },
  "A+options": {
    request: () => send(unsent({ from: "Example", ip: "192.0.2.1" })),
    differences: unsigned,
  },
  voice: { request: () => send(unsent({ medium: "voice" })), differences: basic },
  "voice-B": {
    request: () => send(unsent({ ...german, medium: "voice", locale: "de-AT" })),
    differences: basic,
  },
});

it("sends text beyond GSM-7, an origin-bound last line and a sender's digits", async () => {
  const { body } = await send(phone(german));
  const form = new URLSearchParams(body);
  expect(form.get("message")).toBe(german.text);
  expect(form.get("phone_number")).toBe("4915112345678");
  expect(form.get("sender_id")).toBe("4915112345679");
});

it.each([
  [undefined, "f-en-US"],
  ["pt", "f-pt-BR"],
  ["fr-BE", "f-fr-FR"],
  ["uk", "f-en-US"],
])("speaks %s with the voice %s", async (locale, voice) => {
  const { body } = await send(unsent({ medium: "voice", ...(locale && { locale }) }));
  expect(new URLSearchParams(body).get("voice")).toBe(voice);
});

const status = (code: number, ...errors: number[]) => ({
  reference_id: "r",
  status: { code, description: "…" },
  errors: errors.map((one) => ({ code: one, description: "…" })),
});
const rows = (
  kind: "accepted" | "recipient_refused" | "account_fault" | "not_sent",
  codes: Record<string, string>,
) =>
  Object.entries(codes).map(
    ([code, name]) =>
      [
        name,
        answer(200, status(Number(code))),
        { kind, ...(kind !== "accepted" && { code }) },
      ] as const,
  );

// Source of the codes: Telesign's "All status and error codes" and its references of SMS, delivery
// reports and SMS Verify.
givesVerdicts(telesign, [
  ["an empty 200", answer(200), "not_sent"],
  ["HTML in a 200", answer(200, "<html>"), "not_sent"],
  ...rows("accepted", {
    290: "in progress",
    291: "queued by Telesign",
    292: "queued at the gateway",
    200: "delivered to the phone",
    203: "delivered to the gateway",
    100: "call answered",
    103: "call in progress",
    105: "call not handled yet",
  }),
  ...rows("recipient_refused", {
    104: "wrong number for a call",
    129: "call blocked on request",
    130: "call blocked by Telesign",
    211: "permanent phone error",
    222: "SMS not supported",
    229: "number blocked on request",
    230: "number blocked by Telesign",
    231: "unsupported content",
    233: "high risk score",
    504: "carrier's permanent error",
    506: "gateway's permanent error",
    507: "invalid recipient",
    510: "blocked by the subscriber",
  }),
  ...rows("account_fault", {
    237: "country closed by the account",
    238: "prefix closed by the account",
    501: "not authorised",
    508: "invalid sender",
  }),
  ...rows("not_sent", {
    503: "carrier's temporary problem",
    505: "gateway's temporary error",
    599: "a status that says nothing",
  }),
  ["a wrong number", answer(400, status(11000)), { kind: "recipient_refused", code: "11000" }],
  [
    "a wrong country code",
    answer(400, status(11001)),
    { kind: "recipient_refused", code: "11001" },
  ],
  ["a wrong text", answer(400, status(11009)), { kind: "recipient_refused", code: "11009" }],
  ["a wrong sender", answer(400, status(11013)), { kind: "account_fault", code: "11013" }],
  ["a missing parameter", answer(400, status(12017)), { kind: "account_fault", code: "12017" }],
  ...[-10009, -10033, -20002, -30000, -30001, -30003, -30004, -30005, -30006, -30015].map(
    (code) =>
      [
        `error ${String(code)}`,
        answer(200, status(500, code)),
        { kind: "account_fault", code: String(code) },
      ] as const,
  ),
  [
    "a blocked number with an unknown error",
    answer(200, status(230, -99999)),
    { kind: "recipient_refused", code: "230" },
  ],
  ["rate limited", answer(429, status(500, -40008)), { kind: "not_sent", code: "-40008" }],
]);
