import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/phone/messagebird.ts";
import { vendor as messagebird } from "../../../../actions/vendors/phone/messagebird.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone } from "../messages.ts";

const { credentials } = captured("phone/messagebird");
const send = async (message: PhoneMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  messagebird.request({
    message,
    settings: { voice: "female", repeat: 2, ...settings },
    secrets: { accessKey: credentials["accessKey"] ?? "" },
    key,
    now: 0,
    token: "",
  });

const reference = { "body.reference": "the key is always told, to find a message in the reports" };
const always = {
  ...reference,
  "body.validity": "a code that waits past its lifetime is never sent",
  "body.datacoding": "the default loses what is not in the GSM alphabet",
};
const call = { medium: "voice" } as const;

equalsSdk("phone/messagebird", {
  A: { request: () => send(phone()), differences: always },
  "A+name": { request: () => send(phone({ from: "Example" })), differences: always },
  "A+options": { request: () => send(phone()) },
  voice: { request: () => send(phone(call)), differences: reference },
  "voice-B": {
    request: () => send(phone({ ...german, ...call, locale: "de-DE" })),
    differences: reference,
  },
});

describe("messagebird", () => {
  it.each([
    ["de", "de-de"],
    ["de-AT", "de-de"],
    ["en-GB", "en-gb"],
    ["pt", "pt-br"],
    ["no", "nb-no"],
    ["zh-Hant", "zh-cn"],
    ["fi", "en-us"],
  ])("has a message in %s read in %s", async (locale, language) => {
    const { body } = await send(phone({ ...call, locale }));
    expect((JSON.parse(body) as { language: string }).language).toBe(language);
  });

  it("sends text beyond GSM with its line breaks", async () => {
    const { body } = await send(phone(german));
    expect(JSON.parse(body)).toMatchObject({ body: german.text, datacoding: "auto" });
  });

  it("sends a message without a code without a lifetime", async () => {
    const { body } = await send(phone({ lifetimeS: undefined }));
    expect(JSON.parse(body)).not.toHaveProperty("validity");
  });

  it("reads as often and by the voice that the settings say", async () => {
    const { body } = await send(phone(call), { voice: "male", repeat: 3 });
    expect(JSON.parse(body)).toMatchObject({ voice: "male", repeat: 3 });
  });
});

const no = (status: number, code: number, parameter: string | null = null, description = "d") =>
  answer(status, { errors: [{ code, description, parameter }] });
const sent = (status: string, statusReason?: string) =>
  answer(201, {
    id: "m",
    recipients: { totalCount: 1, items: [{ recipient: 1, status, statusReason }] },
  });

// Source of the codes: https://developers.messagebird.com/api/#api-errors; of `statusReason`:
// https://developers.messagebird.com/api/sms-messaging/.
givesVerdicts(messagebird, [
  ["accepted", sent("sent"), { kind: "accepted" }],
  ["accepted, to be called", answer(201, { id: "v", recipients: { items: [] } }), "accepted"],
  ...allMean("unknown", {
    "an empty 201": answer(201),
    "a 204": answer(204),
    "HTML in a 200": answer(200, "<html>login</html>"),
  }),
  [
    "no correct recipient",
    no(422, 9, "recipients", "no (correct) recipients found"),
    { kind: "recipient_refused", code: "9" },
  ],
  ...allMean("recipient_refused", {
    "no correct recipient, in words": no(422, 9, null, "no (correct) recipients found"),
    "invalid recipient": no(422, 10, "recipients"),
    "invalid recipient as a text": answer(422, {
      errors: [{ code: "10", description: "d", parameter: "recipient" }],
    }),
    "invalid text": no(422, 10, "body"),
    "a 201 for a number that does not exist": sent("delivery_failed", "unknown subscriber"),
    "a 201 for one who opted out": sent("delivery_failed", "opted out"),
  }),
  ["invalid sender", no(422, 10, "originator"), { kind: "account_fault", code: "10" }],
  ...allMean("account_fault", {
    "no sender": no(422, 9, "originator"),
    "invalid lifetime": no(422, 10, "validity"),
    "an invalid parameter without a name": no(422, 10),
    "bad request": no(422, 21),
    "bad key": no(401, 2, "access_key"),
    "the key of another platform": no(422, 2, "access_key"),
    "not found": no(404, 20),
    "no balance": no(422, 25),
    "no such endpoint": no(404, 98),
    "a 201 without balance": sent("delivery_failed", "insufficient balance"),
    "an unknown code": no(422, 77, "recipients"),
  }),
  ...allMean("not_sent", {
    "internal error": no(422, 99),
    "a 201 that failed without a reason": sent("delivery_failed"),
    "a 201 that expired": sent("expired"),
  }),
]);
