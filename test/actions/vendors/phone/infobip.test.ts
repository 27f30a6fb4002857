import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import { vendor as infobip } from "../../../../actions/vendors/phone/infobip.ts";
import type { VerdictKind } from "../../../../actions/vendors/vendor.ts";
import type { AnswerRow } from "../answers.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone, senderless } from "../messages.ts";

const { credentials } = captured("phone/infobip");
const send = async (message: PhoneMessage) =>
  infobip.request({
    message,
    settings: { baseUrl: credentials["baseUrl"] ?? "" },
    secrets: { apiKey: credentials["apiKey"] ?? "" },
    key,
    now: 0,
    token: "",
  });

const renamed = "version 3 names it anew";
const newer = {
  url: "the SDK has not got version 3, which follows the deprecated /sms/2/text/advanced",
  "body.type": "the SDK's own",
  "body.messages.0.destinations.0.to": "Infobip writes numbers without a plus sign",
  "body.messages.0.sender": renamed,
  "body.messages.0.from": renamed,
  "body.messages.0.content.text": renamed,
  "body.messages.0.text": renamed,
  "body.messages.0.options.validityPeriod.amount":
    "a code that waits past its lifetime is never sent",
  "body.messages.0.options.validityPeriod.timeUnit":
    "seconds: whole minutes are too coarse for a code",
};
const messageId = {
  "body.messages.0.destinations.0.messageId": "always told: it is what refuses duplicates",
};

equalsSdk("phone/infobip", {
  A: { request: () => send(phone()), differences: { ...newer, ...messageId } },
  "A+name": {
    request: () => send(phone({ from: "Example" })),
    differences: { ...newer, ...messageId },
  },
  "A+options": {
    request: () => send(phone()),
    differences: { ...newer, "body.messages.0.validityPeriod": renamed },
  },
});

describe("infobip", () => {
  it("sends the documented body of /sms/3/messages", async () => {
    const { url, body } = await send(phone(german));
    expect(url).toBe("https://xyz123.api.infobip.com/sms/3/messages");
    expect(JSON.parse(body)).toEqual({
      messages: [
        {
          sender: "4915112345679",
          destinations: [{ to: "4915112345678", messageId: key }],
          content: { text: german.text },
          options: { validityPeriod: { amount: 180, timeUnit: "SECONDS" } },
        },
      ],
    });
  });

  it("leaves the sender to Infobip where there is none", async () => {
    expect((await send(senderless())).body).not.toContain("sender");
  });

  it("sends a message without a code without a lifetime", async () => {
    expect((await send(phone({ lifetimeS: undefined }))).body).not.toContain("options");
  });

  // Infobip's reference: "Send single voice message".
  it("sends the documented body of /tts/3/single", async () => {
    const { url, body } = await send(phone({ ...german, medium: "voice", locale: "de-DE" }));
    expect(url).toBe("https://xyz123.api.infobip.com/tts/3/single");
    expect(JSON.parse(body)).toEqual({
      from: "4915112345679",
      to: "4915112345678",
      text: german.text,
      language: "de",
    });
  });

  it.each([
    [undefined, "en"],
    ["en-GB", "en-gb"],
    ["en-US", "en"],
    ["pt", "pt-br"],
    ["pt-PT", "pt-pt"],
    ["nb-NO", "no"],
    ["xx", "en"],
  ])("has a message in %s read in %s", async (locale, language) => {
    const { body } = await send(
      phone({ medium: "voice", ...(locale !== undefined && { locale }) }),
    );
    expect((JSON.parse(body) as { language: string }).language).toBe(language);
  });
});

const status = (groupId: number, id: number) =>
  answer(200, { messages: [{ messageId: "m", status: { groupId, id, name: "N" } }] });
const rejected = (kind: VerdictKind, ...ids: readonly number[]) =>
  ids.map((id): AnswerRow => [
    `a 200 with status ${String(id)}`,
    status(5, id),
    { kind, code: String(id) },
  ]);
const violated = (...properties: readonly string[]) =>
  answer(400, {
    errorCode: "E400",
    description: "Request cannot be processed.",
    violations: properties.map((property) => ({ property, violation: "v" })),
  });
const exception = (status: number, messageId: string, validationErrors?: object) =>
  answer(status, {
    requestError: { serviceException: { messageId, text: "t", validationErrors } },
  });

// Source of the codes:
// https://www.infobip.com/docs/essentials/api-essentials/response-status-and-error-codes
givesVerdicts(infobip, [
  ["accepted", status(1, 26), { kind: "accepted", code: "26" }],
  ["delivered at once", status(3, 5), { kind: "accepted", code: "5" }],
  // The message's ID is the key, so the message is with Infobip already.
  ["a duplicate of an earlier attempt", status(5, 23), { kind: "accepted", code: "23" }],
  ...allMean("unknown", {
    "an empty 200": answer(200),
    "HTML in a 200": answer(200, "<html>login</html>"),
    "a 200 without a status": answer(200, { messages: [{ messageId: "m" }] }),
  }),
  ...rejected("recipient_refused", 8, 10, 14, 20, 25, 51, 52, 77, 87),
  ...rejected("destination_refused", 6),
  ...rejected("account_fault", 11, 12, 13, 17, 18, 19, 24, 54, 55, 83, 91, 999),
  ...rejected("not_sent", 21, 100),
  ["fraud, of the expired group", status(4, 87), { kind: "recipient_refused", code: "87" }],
  ...allMean("not_sent", {
    "undeliverable at once": status(2, 4),
    "expired at once": status(4, 15),
    "too many requests": exception(429, "TOO_MANY_REQUESTS"),
  }),
  [
    "a bad key, as version 3 says it",
    answer(401, { errorCode: "E401", description: "d" }),
    { kind: "account_fault", code: "E401" },
  ],
  [
    "a bad key, as older versions say it",
    exception(401, "UNAUTHORIZED"),
    { kind: "account_fault", code: "UNAUTHORIZED" },
  ],
  [
    "a bad recipient",
    violated("messages[0].destinations[0].to"),
    { kind: "recipient_refused", code: "E400" },
  ],
  ...allMean("recipient_refused", {
    "a bad text": violated("messages[0].content.text"),
    "a bad recipient, as older versions say it": exception(400, "BAD_REQUEST", {
      "request.messages[0].destinations[0].to": ["may not be empty"],
    }),
  }),
  ...allMean("account_fault", {
    "a bad sender": violated("messages[0].sender"),
    "a bad sender and recipient": violated("messages[0].sender", "messages[0].destinations[0].to"),
    "a bad lifetime": violated("messages[0].options.validityPeriod.amount"),
    "a bad sender, as older versions say it": exception(400, "BAD_REQUEST", {
      "request.messages[0].from": ["invalid"],
    }),
    "a bad request": exception(400, "BAD_REQUEST"),
    "a 4xx that says it is a duplicate": answer(400, {
      messages: [{ status: { groupId: 5, id: 23 } }],
    }),
    "a key without the scope": exception(403, "FORBIDDEN"),
  }),
]);
