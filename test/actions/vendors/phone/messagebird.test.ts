import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/phone/messagebird.ts";
import { vendor as messagebird } from "../../../../actions/vendors/phone/messagebird.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { answer, givesVerdicts } from "../answers.ts";
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

  it("reads as often and by the voice that the settings say", async () => {
    const { body } = await send(phone(call), { voice: "male", repeat: 3 });
    expect(JSON.parse(body)).toMatchObject({ voice: "male", repeat: 3 });
  });
});

const no = (status: number, code: number, parameter: string | null = null) =>
  answer(status, { errors: [{ code, description: "d", parameter }] });
const sent = (status: string) =>
  answer(201, { id: "m", recipients: { totalCount: 1, items: [{ recipient: 1, status }] } });

// Source of the codes: the API errors of MessageBird's REST API.
givesVerdicts(messagebird, [
  ["accepted", sent("sent"), { kind: "accepted" }],
  ["accepted, to be called", answer(201, { id: "v", recipients: { items: [] } }), "accepted"],
  ["a 201 that says no", sent("delivery_failed"), "not_sent"],
  ["an empty 201", answer(201), "not_sent"],
  ["a 204", answer(204), "not_sent"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "not_sent"],
  ["no correct recipient", no(422, 9, "recipients"), { kind: "recipient_refused", code: "9" }],
  ["invalid recipient", no(422, 10, "recipients"), { kind: "recipient_refused", code: "10" }],
  ["bad request", no(422, 21), { kind: "recipient_refused", code: "21" }],
  ["invalid sender", no(422, 10, "originator"), { kind: "account_fault", code: "10" }],
  ["bad key", no(401, 2, "access_key"), { kind: "account_fault", code: "2" }],
  ["not found", no(404, 20), { kind: "account_fault", code: "20" }],
  ["no balance", no(422, 25), { kind: "account_fault", code: "25" }],
  ["no such endpoint", no(404, 98), { kind: "account_fault", code: "98" }],
  ["internal error", no(422, 99), { kind: "not_sent", code: "99" }],
  ["an unknown code", no(422, 77), { kind: "recipient_refused", code: "77" }],
]);
