import { describe, expect, it } from "vitest";
import type { EmailMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/email/mailgun.ts";
import { vendor as mailgun } from "../../../../actions/vendors/email/mailgun.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { email, hardEmail, key } from "../messages.ts";

const { credentials } = captured("email/mailgun");
const send = (message: EmailMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  mailgun.request({
    message,
    settings: { domain: credentials["domain"] ?? "", region: "us", ...settings },
    secrets: { apiKey: credentials["key"] ?? "" },
    key,
    now: 0,
    token: "",
  });

/** The parts of a multipart body as the captures list them. */
function parts(body: string, headers: Readonly<Record<string, string>>) {
  const boundary = headers["content-type"]?.split("boundary=")[1] ?? "";
  const [before, ...rest] = `\r\n${body}`.split(`\r\n--${boundary}`);
  expect([before, rest.pop()], "nothing before the first and after the last part").toEqual([
    "",
    "--\r\n",
  ]);
  return rest.map((part) => {
    const [, name, value] = /^\r\n.*name="(.*)"\r\n\r\n([^]*)$/.exec(part) ?? [];
    return { name, value };
  });
}

const boundary = { "headers.content-type": "the boundary is made from the key, not by chance" };
const always = {
  ...boundary,
  "body.5.name": "the message type is always told",
  "body.5.value": "the message type is always told",
  "body.6.name": "tracking is always off: it breaks links and leaks codes",
  "body.6.value": "tracking is always off: it breaks links and leaks codes",
  "body.7.name": "the key is always told, to find a message in Mailgun's log",
  "body.7.value": "the key is always told, to find a message in Mailgun's log",
};

equalsSdk(
  "email/mailgun",
  {
    A: { request: () => send(email()), differences: always },
    "A+options": {
      request: () => send(email({ replyTo: { address: "help@example.com" } })),
      differences: boundary,
    },
    "A+eu": { request: () => send(email(), { region: "eu" }), differences: always },
  },
  { parse: parts },
);

describe("mailgun", () => {
  it("carries hard input in a body that an independent parser reads back", async () => {
    const { body, headers } = await send(hardEmail);
    // Node's own parser; its types advise servers against it, which says nothing of a test.
    const parser: { formData(): Promise<FormData> } = new Response(body, { headers });
    const form = await parser.formData();
    expect(Object.fromEntries(form)).toEqual({
      from: '"Müller \\"Konto\\", 日本 & Söhne" <login@xn--mller-kva.example>',
      to: hardEmail.to,
      subject: hardEmail.subject,
      // Line breaks become CRLF, as in every form and every e-mail.
      text: "Ihr Code ist 123456 ✅ 😀\r\nZeile zwei\r\n\r\n@example.com #123456",
      html: hardEmail.html.replace("\n", "\r\n"),
      "o:tag": "otp",
      "o:tracking": "no",
      "h:Reply-To": '"Hilfe, Ä." <help@example.com>',
      "v:ref": key,
    });
  });
});

// Source: https://documentation.mailgun.com/docs/mailgun/quickstart-guide/responses for the statuses and why
// 404 may pass; the texts and 420 from what users report, since Mailgun lists none.
const saying = (status: number, message: string) => answer(status, { message });
givesVerdicts(mailgun, [
  ["accepted", answer(200, { id: "<1@mail.example.com>", message: "Queued." }), "accepted"],
  ["a 200 that says no", saying(200, "no"), "unknown"],
  ["the answer of a wrong address", answer(200, "Mailgun Magnificent API"), "unknown"],
  ["an empty 200", answer(200), "unknown"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "unknown"],
  ...[
    "'to' parameter is not a valid address. please check documentation",
    "to parameter is missing",
    "Need at least one of 'text' or 'html' parameters specified",
  ].map((text) => [text, saying(400, text), "recipient_refused"] as const),
  [
    "a local part beyond ASCII",
    saying(400, "to parameter is not a valid address: dån@example.org"),
    "destination_refused",
  ],
  ...[
    "'from' parameter is not a valid address. please check documentation",
    "from parameter is missing",
    "h:Reply-To is not a valid address",
    "Send options (parameters starting with o:, h:, or v:) are limited to 16 kB total",
    "malformed multipart/form-data request",
    "unable to parse request: EOF",
    "Domain mail.example.com is not allowed to send: unverified",
    "Sandbox subdomains are for test purposes only. Please add your own domain or add the address to authorized recipients in Account Settings.",
    "Free accounts are for test purposes only. Please upgrade or add the address to authorized recipients.",
  ].map((text) => [text, saying(400, text), "account_fault"] as const),
  ["a 400 without a body", answer(400), "account_fault"],
  ["413", answer(413), "account_fault"],
  ["a sandbox domain", saying(403, "Domain x is not allowed to send: sandbox"), "account_fault"],
  ["402 without a body", answer(402), "account_fault"],
  ["a wrong key, in plain text", answer(401, "Forbidden"), "account_fault"],
  ["a domain not known here", saying(404, "Domain not found: x"), "not_sent"],
  ["a 404 with HTML", answer(404, "<html>Not Found</html>"), "account_fault"],
  ["a domain's limit", saying(420, "Domain x is not allowed to send: limit"), "not_sent"],
]);
