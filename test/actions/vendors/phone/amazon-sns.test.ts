import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/phone/amazon-sns.ts";
import { vendor as amazonSns } from "../../../../actions/vendors/phone/amazon-sns.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
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

const no = (code: string, message = "m", status = 400) =>
  answer(
    status,
    `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  );
const yes =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>';
const invalid = (message: string) => no("InvalidParameter", `Invalid parameter: ${message}`);

// Source of the codes: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html, and the wire codes
// and statuses of the official SDK (`errors.wireCodes` of the capture); of the messages: public reports.
givesVerdicts(amazonSns, [
  ["accepted", answer(200, yes), { kind: "accepted" }],
  ...allMean("unknown", {
    "an empty 200": answer(200),
    "HTML in a 200": answer(200, "<html>login</html>"),
  }),
  ["opted out", no("OptedOut"), { kind: "recipient_refused", code: "OptedOut" }],
  ...allMean("recipient_refused", {
    "an invalid number": invalid("PhoneNumber Reason: input incorrectly formatted"),
    "an invalid number under another name": no("ValidationException", "Invalid PhoneNumber"),
    "opted out under another name": invalid("Phone number is opted out"),
    "an empty text": invalid("Empty message"),
    "a text that is too long": invalid("Message too long"),
    "an invalid number in JSON": answer(400, {
      __type: "com.amazonaws.sns#InvalidParameterException",
      message: "Invalid parameter: PhoneNumber",
    }),
  }),
  [
    "a number or a region without SMS",
    invalid("PhoneNumber Reason: +15005550006 is not valid to publish to"),
    { kind: "destination_refused", code: "InvalidParameter" },
  ],
  ...allMean("account_fault", {
    "an invalid sender ID": invalid("AWS.SNS.SMS.SenderID"),
    "an invalid attribute": no("ParameterValueInvalid", "MessageAttributes"),
    "an invalid price": invalid("AWS.MM.SMS.MaxPrice"),
    "an invalid parameter without a name": no("InvalidParameter"),
    "not allowed": no("AuthorizationError", "m", 403),
    "the sandbox": no("UserError"),
    "endpoint disabled": no("EndpointDisabled"),
    "bad signature": no("SignatureDoesNotMatch", "m", 403),
    "unknown key": no("InvalidClientTokenId", "m", 403),
    "not secure": no("InvalidSecurity", "m", 403),
    "KMS denied": no("KMSAccessDenied"),
    "not found": no("NotFound", "m", 404),
    "an unknown code": no("SomethingNew", "PhoneNumber"),
  }),
  ...allMean("not_sent", {
    "rate limited": no("Throttled", "m", 429),
    "rate limited as a 400": no("Throttling"),
    "KMS throttled": no("KMSThrottling"),
    "internal error": no("InternalError", "m", 500),
  }),
]);
