import { expect, it } from "vitest";
import type { EmailMessage } from "../../../../actions/delivery/message.ts";
import { vendor as loops } from "../../../../actions/vendors/email/loops.ts";
import type { HttpRequest } from "../../../../actions/vendors/vendor.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { awkward, email } from "../messages.ts";

const { credentials } = captured("email/loops");
const send = (message: EmailMessage) =>
  loops.request({
    message,
    settings: { transactionalId: "cm0000000000000000000000" },
    secrets: { apiKey: credentials["apiKey"] ?? "" },
    key: "idem-0001",
    now: 0,
    token: "",
  }) as HttpRequest;

const offered = {
  "body.dataVariables.text": "the template may show it",
  "body.dataVariables.messageType": "the template may choose by it",
};
const always = {
  ...offered,
  "body.addToAudience": "who asks for a code has not asked for newsletters",
  "body.dataVariables.subject": "the template may show it",
};

equalsSdk("email/loops", {
  A: { request: () => send(email()), differences: always },
  "A+noIdempotency": {
    request: () => send(email()),
    differences: {
      ...always,
      "headers.idempotency-key": "the key is always sent, so that a code is sent once",
    },
  },
  "A+options": { request: () => send(email()), differences: offered },
});

it("keeps subjects and content as they are and tells the language", () => {
  expect(JSON.parse(send(email(awkward)).body)).toMatchObject({
    dataVariables: {
      code: "987654",
      subject: awkward.subject,
      text: awkward.text,
      messageType: "verification_code",
      locale: "de-AT",
    },
  });
});

const refused = (message: string) => ({ success: false, message });
const nested = (path: string) => ({ success: false, message: "m", error: { path, message: "m" } });
const flat = (path: string) => ({ success: false, message: "m", type: "error", path });

// Source: Loops' API reference of "Send transactional email" and its OpenAPI document.
givesVerdicts(loops, [
  ["accepted", answer(200, { success: true }), { kind: "accepted" }],
  [
    "already sent",
    answer(409, refused("Idempotency key has been used")),
    { kind: "accepted", code: "409" },
  ],
  ["a 409 that is not Loops' own", answer(409, "<html>"), "account_fault"],
  ["an empty 200", answer(200), "unknown"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "unknown"],
  ["a 200 that says no", answer(200, refused("m")), "account_fault"],
  ["invalid recipient", answer(400, flat("email")), { kind: "recipient_refused", code: "email" }],
  [
    "invalid recipient, nested",
    answer(400, nested("email")),
    { kind: "recipient_refused", code: "email" },
  ],
  [
    "invalid recipient, told by the text alone",
    answer(400, refused("Invalid email address.")),
    { kind: "recipient_refused" },
  ],
  [
    "a local part beyond ASCII",
    answer(400, { ...flat("email"), message: "Email must be ASCII." }),
    "destination_refused",
  ],
  [
    "not an e-mail of this account",
    answer(404, refused("Transactional email not found.")),
    "account_fault",
  ],
  [
    "data variable missing",
    answer(400, nested("dataVariables")),
    { kind: "account_fault", code: "dataVariables" },
  ],
  ["not published", answer(400, refused("Not published.")), { kind: "account_fault" }],
  [
    "no such template",
    answer(404, nested("transactionalId")),
    { kind: "account_fault", code: "transactionalId" },
  ],
  ["bad key", answer(401, { error: "Invalid API key" }), { kind: "account_fault" }],
]);

it("leaves messages without a code to other vendors, for its template shows one", () => {
  expect(loops.needsCode).toBe(true);
});
