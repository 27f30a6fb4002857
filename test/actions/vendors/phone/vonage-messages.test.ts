import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import {
  settings as spec,
  vendor as vonageMessages,
} from "../../../../actions/vendors/phone/vonage-messages.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
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

  it("sends a message without a code without a lifetime", async () => {
    expect(await sent(phone({ lifetimeS: undefined }))).not.toHaveProperty("ttl");
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

const problem = (code: string, detail = "", rest: object = {}, status = 422) =>
  answer(status, {
    type: `https://developer.vonage.com/api-errors/messages#${code}`,
    title: "no",
    detail,
    instance: "i",
    ...rest,
  });
const general = (status: number, code: string, rest: object = {}) =>
  answer(status, { type: `https://developer.vonage.com/api-errors#${code}`, title: "no", ...rest });

// Source of the codes: https://developer.vonage.com/en/api-errors/messages and
// https://developer.vonage.com/en/api-errors.
givesVerdicts(vonageMessages, [
  ["accepted", answer(202, { message_uuid: "00000000-0000-4000-8000-000000000000" }), "accepted"],
  ["a barred number", problem("1050"), { kind: "recipient_refused", code: "1050" }],
  ...allMean("recipient_refused", {
    "an unknown prefix": problem("1040"),
    "too long": problem("1090"),
    "an invalid or missing number": problem("1170"),
    "a number that is no longer active": problem("1190"),
    "opted out": problem("1240", "Illegal Number"),
    "refused as spam": problem("1210"),
    "blocked by the carrier": problem("1280"),
    "a fraud guard": problem("1470"),
    "an invalid to": problem("1150", "The `to` parameter is invalid."),
    "an invalid parameter to": problem("1020", "", {
      invalid_parameters: [{ name: "to", reason: "Invalid" }],
    }),
    "an invalid to of all APIs": general(400, "invalid-params", {
      invalid_parameters: [{ name: "to" }],
    }),
  }),
  [
    "a sender that is refused",
    problem("1120", "The `from` parameter is invalid for the given channel."),
    { kind: "account_fault", code: "1120" },
  ],
  ...allMean("account_fault", {
    "an invalid from": problem("1150", "The `from` parameter is invalid."),
    "an invalid sender under the recipient's code": problem("1170", "Invalid `from`"),
    "missing parameters": problem("1010"),
    "an invalid parameter": problem("1020"),
    "an invalid parameter from": problem("1020", "", { invalid_parameters: [{ name: "from" }] }),
    "an invalid template": problem("1022"),
    "account barred": problem("1060"),
    "no credit": problem("1070", "", {}, 402),
    "not enabled": problem("1080"),
    "an invalid lifetime": problem("1130"),
    "a facility that is not allowed": problem("1140"),
    "an invalid message class": problem("1150"),
    "outside of the window": problem("1340"),
    "a sender of another kind": problem("1420"),
    "low balance": general(402, "low-balance"),
    unauthorized: general(401, "unauthorized"),
    suspended: general(403, "account-suspended"),
    "an invalid IP": general(403, "invalid-ip"),
    "an unknown code": problem("9999"),
    "a 402": answer(402),
  }),
  ...allMean("destination_refused", {
    "a destination that is not allowed": problem("1160"),
    "no route": problem("1250"),
    "a country that is not enabled": problem("1260"),
  }),
  ...allMean("not_sent", {
    throttled: problem("1000"),
    "throttled as all APIs are": general(429, "throttled"),
    "an internal error": problem("1030"),
    "a failed communication": problem("1100"),
    "absent for now": problem("1180"),
    "a network error": problem("1230"),
  }),
  ...allMean("unknown", {
    "already sent": problem("1320"),
    "an empty 202": answer(202),
    "HTML in a 200": answer(200, "<html>"),
  }),
  ...["1300", "1310"].map(
    (code) =>
      [
        `not on WhatsApp: ${code}`,
        problem(code),
        { kind: "recipient_refused", code, otherMedium: true },
      ] as const,
  ),
]);
