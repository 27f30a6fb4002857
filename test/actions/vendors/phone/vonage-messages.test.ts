import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import {
  settings as spec,
  vendor as vonageMessages,
} from "../../../../actions/vendors/phone/vonage-messages.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import type { AnswerRow } from "../answers.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone } from "../messages.ts";

const { credentials } = captured("phone/vonage-messages");
const send = (message: PhoneMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  vonageMessages.request({
    message,
    settings: {
      apiKey: credentials["apiKey"] ?? "",
      templateLanguages: spec.templateLanguages.default,
      templateKind: spec.templateKind.default,
      ...settings,
    },
    secrets: { apiSecret: credentials["apiSecret"] ?? "" },
    key,
    now: 0,
    token: "",
  });
const sent = async (...input: Parameters<typeof send>) =>
  JSON.parse((await send(...input)).body) as Record<string, unknown>;

const recipient = { "body.to": "Vonage documents numbers without the plus sign" };
const digits = { ...recipient, "body.from": "Vonage documents numbers without the plus sign" };
const always = {
  "body.ttl": "a code that waits past its lifetime is never sent",
  "body.client_ref": "the key is always told, to find a message in Vonage's reports",
};

equalsSdk(
  "phone/vonage-messages",
  {
    A: { request: () => send(phone()), differences: { ...digits, ...always } },
    "A+name": {
      request: () => send(phone({ from: "Example" })),
      differences: { ...recipient, ...always },
    },
    "A+options": { request: () => send(phone()), differences: digits },
    whatsapp: {
      request: () =>
        send(phone({ medium: "whatsapp" }), {
          template: "ns:otp",
          templateKind: "text",
          templateLanguages: "en",
        }),
      differences: digits,
    },
  },
  { omitted: { "A+jwt": "key and secret do the same with one secret less to rotate" } },
);

describe("vonage-messages", () => {
  it("sends other alphabets and line breaks as they are", async () => {
    expect(await sent(phone(german))).toEqual({
      to: "4915112345678",
      from: "4915112345679",
      client_ref: key,
      channel: "sms",
      message_type: "text",
      text: german.text,
      ttl: 180,
    });
  });

  it("never asks for less than the 20 s that Vonage takes", async () => {
    expect((await sent(phone({ lifetimeS: 5 })))["ttl"]).toBe(20);
  });

  // Source: Vonage's snippet for WhatsApp authentication templates.
  it("puts the code in text and button of an authentication template", async () => {
    const message = phone({ ...german, medium: "whatsapp", locale: "de-AT" });
    const parameters = [{ type: "text", text: "987654" }];
    const body = await sent(message, { template: "otp", templateLanguages: "en_US,de" });
    expect(body).toEqual({
      to: "4915112345678",
      from: "4915112345679",
      client_ref: key,
      channel: "whatsapp",
      message_type: "custom",
      custom: {
        type: "template",
        template: {
          name: "otp",
          language: { policy: "deterministic", code: "de" },
          components: [
            { type: "body", parameters },
            { type: "button", sub_type: "url", index: "0", parameters },
          ],
        },
      },
    });
  });

  it("takes the first language of a text template where the user's is not there", async () => {
    const body = await sent(phone({ medium: "whatsapp", locale: "fr" }), {
      template: "ns:otp",
      templateKind: "text",
      templateLanguages: "en_US,de",
    });
    expect(body["whatsapp"]).toEqual({ policy: "deterministic", locale: "en_US" });
  });

  it("says that WhatsApp needs a template", () => {
    expect(() => send(phone({ medium: "whatsapp" }))).toThrow("expected the setting 'template'");
  });
});

const problem = (status: number, code: string) =>
  answer(status, { type: `https://developer.vonage.com/api-errors/messages#${code}`, title: "no" });
const general = (status: number, code: string) =>
  answer(status, { type: `https://developer.vonage.com/api-errors#${code}`, title: "no" });
const kinds = {
  recipient_refused: [
    ...["1010", "1020", "1021", "1040", "1050", "1090", "1120", "1130", "1150", "1170", "1190"],
    ...["1240", "1430", "1470", "1472", "1473", "1474", "1475", "2001"],
  ],
  account_fault: [
    ...["1022", "1060", "1070", "1080", "1140", "1160", "1242", "1340", "1400", "1420", "1440"],
    ...["1460", "1476", "1480", "1481", "1482", "1483", "1484"],
  ],
  not_sent: [
    ...["1000", "1030", "1100", "1180", "1220", "1230", "1241", "1250", "1251", "1260", "1330"],
    "1331",
  ],
} as const;
const rows = Object.entries(kinds).flatMap(([kind, codes]) =>
  codes.map((code): AnswerRow => [
    `error ${code}`,
    problem(422, code),
    { kind: kind as keyof typeof kinds, code },
  ]),
);
const account = [
  ...["low-balance", "unauthorized", "forbidden", "unprovisioned", "account-suspended"],
  ...["application-suspended", "invalid-api-key", "invalid-ip"],
].map((code): AnswerRow => [
  `a 400 with ${code}`,
  general(400, code),
  { kind: "account_fault", code },
]);

// Source of the codes: Vonage's table of Messages API errors and its errors common to all APIs.
givesVerdicts(vonageMessages, [
  ["accepted", answer(202, { message_uuid: "00000000-0000-4000-8000-000000000000" }), "accepted"],
  ...rows,
  ...account,
  [
    "not on WhatsApp",
    problem(422, "1300"),
    { kind: "recipient_refused", code: "1300", otherMedium: true },
  ],
  [
    "a device that cannot show it",
    problem(422, "1310"),
    { kind: "recipient_refused", code: "1310", otherMedium: true },
  ],
  ["throttled", general(429, "throttled"), { kind: "not_sent", code: "throttled" }],
  ["an unknown code", problem(422, "9999"), { kind: "recipient_refused", code: "9999" }],
  ["a 402", answer(402), "account_fault"],
  ["an empty 202", answer(202), "not_sent"],
  ["HTML in a 200", answer(200, "<html>"), "not_sent"],
]);
