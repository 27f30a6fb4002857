import { expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import {
  settings as spec,
  vendor as telesign,
} from "../../../../actions/vendors/phone/telesign.ts";
import type { VerdictKind } from "../../../../actions/vendors/vendor.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
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

const status = (code: number, ...errors: readonly (number | string)[]) => ({
  reference_id: "r",
  status: { code, description: "…" },
  errors: errors.map((one) => ({ code: one, description: "…" })),
});
const rows = (kind: VerdictKind, codes: Readonly<Record<string, string>>) =>
  Object.entries(codes).map(
    ([code, name]) =>
      [
        name,
        answer(200, status(Number(code))),
        { kind, ...(kind !== "accepted" && { code }) },
      ] as const,
  );
const errors = (kind: VerdictKind, http: number, codes: Readonly<Record<string, string>>) =>
  Object.entries(codes).map(
    ([code, name]) => [name, answer(http, status(500, Number(code))), { kind, code }] as const,
  );

// Source of the codes: https://developer.telesign.com/enterprise/docs/all-status-and-error-codes.
givesVerdicts(telesign, [
  ...rows("accepted", {
    290: "in progress",
    291: "queued by Telesign",
    292: "queued at the gateway",
    295: "status delayed",
    200: "delivered to the phone",
    201: "sent, though suspicious",
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
    515: "suspected spam",
    518: "SIM swapped",
    520: "content not allowed",
  }),
  ...errors("recipient_refused", 400, {
    10032: "a blocklisted number",
    11000: "a wrong number",
    11001: "a wrong country code",
    11009: "a wrong text",
    "-40009": "a number that is not supported",
  }),
  [
    "a wrong number in the status",
    answer(400, status(11000)),
    { kind: "recipient_refused", code: "11000" },
  ],
  ["an error as text", answer(400, status(500, "11000")), "recipient_refused"],
  [
    "blocked on request, under another error's number",
    answer(400, {
      status: { code: 500 },
      errors: [{ code: 10031, description: "Message blocked by customer request" }],
    }),
    { kind: "recipient_refused", code: "10031" },
  ],
  [
    "a blocked number with an unknown error",
    answer(200, status(230, -99999)),
    { kind: "recipient_refused", code: "230" },
  ],
  ...rows("destination_refused", {
    220: "no route",
    237: "country closed by the account",
    238: "prefix closed by the account",
    521: "sender not allowed there",
  }),
  ...errors("destination_refused", 401, { "-20004": "product not enabled for the country" }),
  ...rows("account_fault", {
    501: "not authorised",
    502: "campaign error",
    508: "invalid sender",
    509: "parameters problem",
    517: "DLT details",
    598: "a status that Telesign does not document",
  }),
  ...errors("account_fault", 401, {
    10008: "invalid signature",
    10010: "suspended",
    10014: "invalid source IP",
    10022: "invalid API key",
    10030: "no funds",
    10031: "not allowed host",
    10033: "a trial account",
  }),
  ...errors("account_fault", 400, {
    11003: "wrong event",
    11013: "wrong sender",
    12017: "a missing parameter",
  }),
  ...errors("account_fault", 200, {
    "-10009": "invalid source IP of the older API",
    "-20002": "product not enabled",
    "-30000": "invalid customer",
    "-30001": "suspended, of the older API",
    "-30006": "invalid signature of the older API",
    "-30015": "invalid API key of the older API",
  }),
  ...rows("not_sent", {
    207: "not delivered",
    210: "a temporary phone error",
    503: "carrier's temporary problem",
    505: "gateway's temporary error",
    514: "absent",
  }),
  ...errors("not_sent", 429, { 10019: "rate limited", "-40008": "over the hard cap" }),
  ...errors("not_sent", 503, { 10000: "unavailable", "-90001": "unavailable, of the older API" }),
  ...rows("unknown", { 250: "final status unknown", 599: "a status that says nothing" }),
  ...allMean("unknown", { "an empty 200": answer(200), "HTML in a 200": answer(200, "<html>") }),
]);
