import { expect, it } from "vitest";
import type { EmailMessage } from "../../../../actions/delivery/message.ts";
import { vendor as mailersend } from "../../../../actions/vendors/email/mailersend.ts";
import type { HttpRequest } from "../../../../actions/vendors/vendor.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { awkward, email, key } from "../messages.ts";

const { credentials } = captured("email/mailersend");
const send = (message: EmailMessage) =>
  mailersend.request({
    message,
    settings: {},
    secrets: { apiToken: credentials["apiKey"] ?? "" },
    key,
    now: 0,
    token: "",
  }) as HttpRequest;

equalsSdk("email/mailersend", {
  A: {
    request: () => send(email()),
    differences: {
      "body.tags.0": "the message type is always told",
      "body.settings.track_clicks": "tracking is always off: it breaks links",
      "body.settings.track_opens": "tracking is always off: it leaks codes",
      "body.settings.track_content": "the content holds a code: it is not kept",
    },
  },
  "A+options": { request: () => send(email({ replyTo: { address: "help@example.com" } })) },
});

it("keeps names, subjects and content as they are", () => {
  expect(JSON.parse(send(email(awkward)).body)).toMatchObject({
    from: { email: awkward.from.address, name: awkward.from.name },
    reply_to: { email: awkward.replyTo.address, name: awkward.replyTo.name },
    subject: awkward.subject,
    html: awkward.html,
    text: awkward.text,
    tags: ["verification_code"],
  });
});

const id = { "x-message-id": "5e42957d51f1d94a1070a733" };
const refused = (code: string) => ({ message: `Something is wrong. #${code}`, errors: {} });
const suppressed = (type: string) => ({
  message: "There are some warnings for your request.",
  warnings: [{ type, recipients: [{ email: "jo@example.org", reasons: ["hard_bounced"] }] }],
});

// Source of the codes: "General API resources" of MailerSend's API documentation and "REST API
// response codes" of its help; `X-Send-Paused` from "Send an email".
givesVerdicts(mailersend, [
  ["accepted", answer(202, "", id), { kind: "accepted" }],
  ["an empty 202 without an ID", answer(202), "unknown"],
  ["an empty 200", answer(200), "unknown"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "unknown"],
  [
    "a 202 whose recipient is suppressed",
    answer(202, suppressed("ALL_SUPPRESSED"), id),
    { kind: "recipient_refused", code: "ALL_SUPPRESSED" },
  ],
  [
    "a 202 with some recipients suppressed",
    answer(202, suppressed("SOME_SUPPRESSED"), id),
    { kind: "recipient_refused", code: "SOME_SUPPRESSED" },
  ],
  [
    "a 202 while sending is paused",
    answer(202, "", { ...id, "x-send-paused": "true" }),
    { kind: "account_fault", code: "paused" },
  ],
  ["a 202 while sending goes on", answer(202, "", { ...id, "x-send-paused": "false" }), "accepted"],
  [
    "invalid recipient",
    answer(422, refused("MS42208")),
    { kind: "recipient_refused", code: "MS42208" },
  ],
  [
    "custom quota used up",
    answer(422, refused("MS42204")),
    { kind: "account_fault", code: "MS42204" },
  ],
  [
    "sender domain not verified",
    answer(422, refused("MS42207")),
    { kind: "account_fault", code: "MS42207" },
  ],
  [
    "a code that stands in the list of errors only",
    answer(422, { message: "Invalid.", errors: { "from.email": ["Not verified. #MS42207"] } }),
    { kind: "account_fault", code: "MS42207" },
  ],
  [
    "trial account, other recipient domain",
    answer(422, refused("MS42212")),
    { kind: "account_fault", code: "MS42212" },
  ],
  ["plan too small", answer(422, refused("MS42216")), { kind: "account_fault", code: "MS42216" }],
  [
    "trial quota used up",
    answer(422, refused("MS42222")),
    { kind: "account_fault", code: "MS42222" },
  ],
  [
    "trial recipients used up",
    answer(422, refused("MS42225")),
    { kind: "account_fault", code: "MS42225" },
  ],
  ["no permission", answer(403, refused("MS40301")), { kind: "account_fault", code: "MS40301" }],
  ["account suspended", answer(403, refused("MS40304")), "account_fault"],
  [
    "daily quota used up",
    answer(429, refused("MS42901")),
    { kind: "account_fault", code: "MS42901" },
  ],
  ["rate limited", answer(429, refused("MS42903")), { kind: "not_sent", code: "MS42903" }],
  ["request timeout", answer(408), "not_sent"],
  ["maintenance", answer(421), "not_sent"],
  ...(
    [
      ["to", "recipient_refused"],
      ["to.0.email", "recipient_refused"],
      ["subject", "recipient_refused"],
      ["html", "recipient_refused"],
      ["from.email", "account_fault"],
      ["from.name", "account_fault"],
      ["reply_to.email", "account_fault"],
      ["tags", "account_fault"],
      ["template_id", "account_fault"],
      ["settings.track_clicks", "account_fault"],
    ] as const
  ).map(
    ([name, kind]) =>
      [
        `a refusal of ${name}`,
        answer(422, {
          message: "The given data was invalid.",
          errors: { [name]: [`The ${name} must be valid. #MS42208`] },
        }),
        { kind, code: "MS42208" },
      ] as const,
  ),
  [
    "recipient and sender at once",
    answer(422, { errors: { "to.0.email": ["No."], "from.email": ["No."] } }),
    "account_fault",
  ],
  [
    "a recipient named in the sentence alone",
    answer(422, { message: "The to.0.email must be a valid email address. #MS42208" }),
    "recipient_refused",
  ],
  [
    "a sender named in the sentence alone",
    answer(422, { message: "The from.email must be a valid email address. #MS42208" }),
    "account_fault",
  ],
  [
    "a recipient that a trial account may not write to",
    answer(422, {
      errors: { "to.0.email": ["Must be one of the verified domains. #MS42212"] },
    }),
    "account_fault",
  ],
  [
    "a local part beyond ASCII",
    answer(422, { errors: { "to.0.email": ["dån@example.org is not valid. #MS42208"] } }),
    "destination_refused",
  ],
  ["an unknown code", answer(422, refused("MS42999")), { kind: "account_fault", code: "MS42999" }],
  ["a refusal without a code", answer(422, { message: "Invalid." }), { kind: "account_fault" }],
]);
