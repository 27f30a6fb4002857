import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/phone/amazon-sns.ts";
import { vendor as amazonSns } from "../../../../actions/vendors/phone/amazon-sns.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone, senderless } from "../messages.ts";
import { signing } from "../signed.ts";

const { credentials } = captured("phone/amazon-sns");
const send = async (message: PhoneMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  amazonSns.request({
    message,
    settings: {
      region: credentials["region"] ?? "",
      accessKeyId: credentials["accessKeyId"] ?? "",
      ...settings,
    },
    secrets: { secretAccessKey: credentials["secretAccessKey"] ?? "" },
    key,
    now: 0,
    token: "",
  });

const entry = "body.MessageAttributes.entry.1";
const transactional = "a passcode is never promotional";

equalsSdk("phone/amazon-sns", {
  A: {
    request: () => send(senderless()),
    differences: {
      ...signing,
      [`${entry}.Name`]: transactional,
      [`${entry}.Value.DataType`]: transactional,
      [`${entry}.Value.StringValue`]: transactional,
    },
  },
  "A+name": { request: () => send(phone({ from: "Example" })), differences: signing },
  "A+options": { request: () => send(phone(), { maxPriceUsd: "0.50" }), differences: signing },
});

describe("amazon-sns", () => {
  it("sends text beyond ASCII, line breaks and plus signs as they are", async () => {
    const { body } = await send(phone(german));
    const form = new URLSearchParams(body);
    expect(form.get("Message")).toBe(german.text);
    expect(form.get("PhoneNumber")).toBe(german.to);
    expect(form.get("MessageAttributes.entry.2.Value.StringValue")).toBe(german.from);
  });
});

const no = (code: string) =>
  `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>m</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
const yes =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>';
const rejected = (code: string) => ({ kind: "recipient_refused", code }) as const;
const misconfigured = (code: string) => ({ kind: "account_fault", code }) as const;
const unavailable = (code: string) => ({ kind: "not_sent", code }) as const;

// Source of the codes: the errors of Publish in the SNS API reference, and the wire codes and
// statuses of the official SDK (`errors.wireCodes` of the capture).
givesVerdicts(amazonSns, [
  ["accepted", answer(200, yes), { kind: "accepted" }],
  ["an empty 200", answer(200), "not_sent"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "not_sent"],
  ["invalid number", answer(400, no("InvalidParameter")), rejected("InvalidParameter")],
  ["invalid value", answer(400, no("ParameterValueInvalid")), rejected("ParameterValueInvalid")],
  ["validation", answer(400, no("ValidationException")), rejected("ValidationException")],
  ["opted out", answer(400, no("OptedOut")), rejected("OptedOut")],
  ["not allowed", answer(403, no("AuthorizationError")), misconfigured("AuthorizationError")],
  ["sandbox", answer(400, no("UserError")), misconfigured("UserError")],
  ["endpoint disabled", answer(400, no("EndpointDisabled")), misconfigured("EndpointDisabled")],
  [
    "bad signature",
    answer(403, no("SignatureDoesNotMatch")),
    misconfigured("SignatureDoesNotMatch"),
  ],
  ["not secure", answer(403, no("InvalidSecurity")), misconfigured("InvalidSecurity")],
  ["rate limited", answer(429, no("Throttled")), unavailable("Throttled")],
  ["rate limited as a 400", answer(400, no("Throttling")), unavailable("Throttling")],
  ["internal error", answer(500, no("InternalError")), unavailable("InternalError")],
  ["an unknown code", answer(400, no("SomethingNew")), rejected("SomethingNew")],
]);
