import { describe, expect, it } from "vitest";
import type { EmailMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/email/sendgrid.ts";
import { vendor as sendgrid } from "../../../../actions/vendors/email/sendgrid.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { email, hardEmail, key } from "../messages.ts";

const { credentials } = captured("email/sendgrid");
const send = (message: EmailMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  sendgrid.request({
    message,
    settings: { region: "global", bypassListManagement: false, ...settings },
    secrets: { apiKey: credentials["apiKey"] ?? "" },
    key,
    now: 0,
    token: "",
  });

const footer = {
  "body.tracking_settings.subscription_tracking.enable":
    "always off: who unsubscribes by its footer never gets a code again",
};
const always = {
  ...footer,
  "body.categories.0": "the message type is always told",
  "body.custom_args.ref": "the key is always told, to find a message in SendGrid's activity",
  "body.tracking_settings.click_tracking.enable": "tracking is always off: it breaks links",
  "body.tracking_settings.click_tracking.enable_text": "tracking is always off: it breaks links",
  "body.tracking_settings.open_tracking.enable": "tracking is always off: it leaks codes",
};

equalsSdk("email/sendgrid", {
  A: { request: () => send(email()), differences: always },
  "A+fromString": { request: () => send(email()), differences: always },
  "A+options": {
    request: () =>
      send(email({ replyTo: { address: "help@example.com" } }), { bypassListManagement: true }),
    differences: footer,
  },
});

describe("sendgrid", () => {
  it("carries hard input unchanged", async () => {
    expect(JSON.parse((await send(hardEmail)).body)).toMatchObject({
      from: { name: hardEmail.from.name, email: hardEmail.from.address },
      reply_to: { name: "Hilfe, Ä.", email: "help@example.com" },
      personalizations: [{ to: [{ email: hardEmail.to }] }],
      subject: hardEmail.subject,
      content: [{ value: hardEmail.text }, { value: hardEmail.html }],
    });
  });
  it("sends to the European host in region eu", async () => {
    const { url } = await send(email(), { region: "eu" });
    expect(url).toBe("https://api.eu.sendgrid.com/v3/mail/send");
  });
});

// Source of the fields: https://www.twilio.com/docs/sendgrid/api-reference/mail-send/errors; of 401 and 403:
// https://support.sendgrid.com/hc/en-us/articles/18322114821403.
const refusing = (...fields: (string | null)[]) => ({
  errors: fields.map((field) => ({ message: "x", field, help: null })),
});
givesVerdicts(sendgrid, [
  ["202 with an empty body", answer(202), { kind: "accepted" }],
  ["202 with HTML", answer(202, "<html>login</html>"), "unknown"],
  ["202 that says no", answer(202, refusing(null)), "unknown"],
  ["an empty 200, as the sandbox gives", answer(200), "unknown"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "unknown"],
  ...[
    "personalizations",
    "personalizations.to",
    "personalizations.0.to",
    "personalizations.0.to.0.email",
    "subject",
    "content",
    "content.0.value",
  ].map(
    (field) =>
      [
        `a 400 that refuses ${field}`,
        answer(400, refusing(field)),
        { kind: "recipient_refused", code: field },
      ] as const,
  ),
  ...[
    "from",
    "from.email",
    "from.name",
    "reply_to",
    "reply_to.email",
    "categories",
    "custom_args",
    "personalizations.0.custom_args",
    "mail_settings.bypass_list_management.enable",
    "template_id",
    "asm.group_id",
    "send_at",
  ].map(
    (field) =>
      [
        `a 400 that refuses ${field}`,
        answer(400, refusing(field)),
        { kind: "account_fault", code: field },
      ] as const,
  ),
  [
    "recipient and sender at once",
    answer(400, refusing("personalizations.0.to.0.email", "from")),
    "account_fault",
  ],
  [
    "a local part beyond ASCII",
    answer(400, {
      errors: [{ message: "Non-ASCII local part", field: "personalizations.0.to.0.email" }],
    }),
    "destination_refused",
  ],
  ["a 400 without a field", answer(400, refusing(null)), { kind: "account_fault" }],
  ["a 400 without a body", answer(400), "account_fault"],
  ["413", answer(413), "account_fault"],
  [
    "a sender that is not verified",
    answer(403, refusing("from")),
    { kind: "account_fault", code: "from" },
  ],
  ["used-up credit", answer(401, refusing(null)), { kind: "account_fault" }],
  ["a rate limit with a body", answer(429, refusing(null)), { kind: "not_sent" }],
]);
