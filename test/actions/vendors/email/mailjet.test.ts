import { describe, expect, it } from "vitest";
import type { EmailMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/email/mailjet.ts";
import { vendor as mailjet } from "../../../../actions/vendors/email/mailjet.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { email, hardEmail, key } from "../messages.ts";

const { credentials } = captured("email/mailjet");
const send = (message: EmailMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  mailjet.request({
    message,
    settings: { apiKey: credentials["apiKey"] ?? "", region: "eu", ...settings },
    secrets: { apiSecret: credentials["apiSecret"] ?? "" },
    key,
    now: 0,
    token: "",
  });

const type = { "body.Messages.0.CustomCampaign": "the message type is always told" };
const always = {
  ...type,
  "body.Messages.0.CustomID": "the key is always told, to find a message in Mailjet's statistics",
  "body.Messages.0.TrackOpens": "tracking is always off: it leaks codes",
  "body.Messages.0.TrackClicks": "tracking is always off: it breaks links",
};

equalsSdk("email/mailjet", {
  A: { request: () => send(email()), differences: always },
  "A+options": {
    request: () => send(email({ replyTo: { address: "help@example.com" } })),
    differences: type,
  },
});

describe("mailjet", () => {
  it("carries hard input unchanged", async () => {
    expect(JSON.parse((await send(hardEmail)).body)).toMatchObject({
      Messages: [
        {
          From: { Name: hardEmail.from.name, Email: hardEmail.from.address },
          To: [{ Email: hardEmail.to }],
          ReplyTo: { Name: "Hilfe, Ä.", Email: "help@example.com" },
          Subject: hardEmail.subject,
          HTMLPart: hardEmail.html,
          TextPart: hardEmail.text,
        },
      ],
    });
  });
  it("sends to the American host in region us", async () => {
    const { url } = await send(email(), { region: "us" });
    expect(url).toBe("https://api.us.mailjet.com/v3.1/send");
  });
});

// Source of the codes: Mailjet's Send API v3.1 guide, "Send API errors".
const refused = (StatusCode: number, ErrorCode: string, ...ErrorRelatedTo: string[]) => ({
  Messages: [{ Status: "error", Errors: [{ ErrorCode, StatusCode, ErrorRelatedTo }] }],
});
givesVerdicts(mailjet, [
  ["accepted", answer(200, { Messages: [{ Status: "success", To: [] }] }), { kind: "accepted" }],
  [
    "a 200 that says no",
    answer(200, refused(400, "mj-0013", "To[0].Email")),
    { kind: "recipient_refused", code: "mj-0013" },
  ],
  [
    "a 200 that says no by an unknown code",
    answer(200, refused(400, "mj-9999")),
    { kind: "account_fault", code: "mj-9999" },
  ],
  [
    "a 200 that says no by a status of 500",
    answer(200, refused(500, "mj-9999")),
    { kind: "not_sent", code: "mj-9999" },
  ],
  [
    "a 200 that says no without a reason",
    answer(200, { Messages: [{ Status: "error" }] }),
    "unknown",
  ],
  ["an empty 200", answer(200), "unknown"],
  ["a 200 without messages", answer(200, { Messages: [] }), "unknown"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "unknown"],
  [
    "an invalid recipient",
    answer(400, refused(400, "mj-0013", "To[0].Email")),
    { kind: "recipient_refused", code: "mj-0013" },
  ],
  [
    "an invalid sender",
    answer(400, refused(400, "mj-0013", "From.Email")),
    { kind: "account_fault", code: "mj-0013" },
  ],
  [
    "an invalid reply-to",
    answer(400, refused(400, "mj-0013", "ReplyTo.Email")),
    { kind: "account_fault", code: "mj-0013" },
  ],
  ...(
    [
      ["mj-0003", ["To"], "recipient_refused"],
      ["mj-0007", ["Messages[0].To"], "recipient_refused"],
      ["mj-0012", ["To[0].Email"], "recipient_refused"],
      ["mj-0006", ["Subject"], "recipient_refused"],
      ["send-0003", ["HTMLPart", "TextPart", "TemplateID"], "recipient_refused"],
      ["mj-0006", ["URLTags"], "account_fault"],
      ["mj-0006", ["CustomID"], "account_fault"],
      ["mj-0004", ["HTMLPart", "TemplateID"], "account_fault"],
      ["mj-0005", ["TrackOpens"], "account_fault"],
      ["mj-0012", ["From.Email"], "account_fault"],
      ["send-0007", ["SenderID"], "account_fault"],
    ] as const
  ).map(
    ([code, fields, kind]) =>
      [
        `${code} in ${fields.join()}`,
        answer(400, refused(400, code, ...fields)),
        { kind, code },
      ] as const,
  ),
  [
    "a sender that is named in the text alone",
    answer(400, {
      Messages: [
        {
          Status: "error",
          Errors: [{ ErrorCode: "mj-0013", ErrorMessage: "Sender is no address" }],
        },
      ],
    }),
    "account_fault",
  ],
  [
    "a local part beyond ASCII",
    answer(400, {
      Messages: [
        {
          Status: "error",
          Errors: [
            {
              ErrorCode: "mj-0013",
              ErrorMessage: '"dån@example.org" is an invalid email address.',
              ErrorRelatedTo: ["To[0].Email"],
            },
          ],
        },
      ],
    }),
    "destination_refused",
  ],
  [
    "malformed JSON, told at the top",
    answer(400, { ErrorCode: "mj-0002", StatusCode: 400 }),
    { kind: "account_fault", code: "mj-0002" },
  ],
  ["an outage with a body", answer(503, refused(400, "mj-9999")), "not_sent"],
  ["a wrong key without a code", answer(401, { StatusCode: 401 }), { kind: "account_fault" }],
  ...(
    [
      [400, "mj-0006", "recipient_refused"],
      [400, "mj-0011", "recipient_refused"],
      [400, "mj-0012", "recipient_refused"],
      [400, "mj-0007", "account_fault"],
      [400, "mj-0008", "account_fault"],
      [400, "send-0010", "account_fault"],
      [400, "send-0011", "account_fault"],
      [400, "send-0015", "account_fault"],
      [401, "mj-0001", "account_fault"],
      [400, "mj-0003", "account_fault"],
      [400, "mj-0004", "account_fault"],
      [400, "mj-0005", "account_fault"],
      [401, "mj-0015", "account_fault"],
      [403, "send-0006", "account_fault"],
      [403, "send-0007", "account_fault"],
      [403, "send-0008", "account_fault"],
      [400, "send-0003", "recipient_refused"],
    ] as const
  ).map(
    ([status, code, kind]) =>
      [`${String(status)} ${code}`, answer(400, refused(status, code)), { kind, code }] as const,
  ),
]);
