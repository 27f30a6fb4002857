import { expect, it } from "vitest";
import type { EmailMessage } from "../../../../actions/delivery/message.ts";
import {
  settings as spec,
  vendor as zeptomail,
} from "../../../../actions/vendors/email/zeptomail.ts";
import type { HttpRequest } from "../../../../actions/vendors/vendor.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { awkward, email, key } from "../messages.ts";

const { credentials } = captured("email/zeptomail");
type Region = (typeof spec.region.of)[number];
const send = (
  message: EmailMessage,
  {
    region = spec.region.default,
    token = credentials["token"] ?? "",
  }: {
    region?: Region;
    token?: string;
  } = {},
) =>
  zeptomail.request({
    message,
    settings: { region },
    secrets: { token },
    key,
    now: 0,
    token: "",
  }) as HttpRequest;

const always = {
  "body.track_clicks": "tracking is always off: it breaks links",
  "body.track_opens": "tracking is always off: it leaks codes",
  "body.client_reference": "the key is always told, to find a message in ZeptoMail's reports",
};

equalsSdk("email/zeptomail", {
  A: { request: () => send(email()), differences: always },
  "A+options": {
    request: () => send(email({ replyTo: { address: "help@example.com", name: "Help" } })),
  },
  "A+bareToken": {
    request: () => send(email(), { token: "t0ken" }),
    differences: {
      ...always,
      "headers.authorization": "ZeptoMail wants the prefix, which the SDK leaves to its user",
    },
  },
  "A+eu": { request: () => send(email(), { region: "eu" }), differences: always },
});

it.each(["t0ken", "Zoho-enczapikey t0ken"])("sends the token %s with one prefix", (token) => {
  expect(send(email(), { token }).headers["authorization"]).toBe("Zoho-enczapikey t0ken");
});

it("keeps a prefix in lower case, as the documentation writes it", () => {
  const token = "zoho-enczapikey t0ken";
  expect(send(email(), { token }).headers["authorization"]).toBe(token);
});

it("keeps names, subjects and content as they are", () => {
  expect(JSON.parse(send(email(awkward)).body)).toMatchObject({
    from: awkward.from,
    reply_to: [awkward.replyTo],
    subject: awkward.subject,
    htmlbody: awkward.html,
    textbody: awkward.text,
  });
});

const accepted = { data: [{ code: "EM_104", message: "m" }], message: "OK", object: "email" };
const refused = (code: string, sub?: string, target?: string) => ({
  error: { code, message: "m", ...(sub && { details: [{ code: sub, message: "m", target }] }) },
});

// Source of the codes: "API Error Codes" of ZeptoMail's documentation.
givesVerdicts(zeptomail, [
  ["accepted", answer(201, accepted), { kind: "accepted" }],
  ["an empty 200", answer(200), "unknown"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "unknown"],
  ["a 200 without a result", answer(200, { message: "OK", data: [] }), "unknown"],
  ["a 200 that says no", answer(200, refused("TM_5001", "LE_102")), "account_fault"],
  [
    "a result next to an unknown error",
    answer(200, { ...accepted, ...refused("TM_9999") }),
    { kind: "account_fault", code: "TM_9999" },
  ],
  ...(
    [
      ["GE_102", "to", "recipient_refused"],
      ["GE_102", "subject", "recipient_refused"],
      ["GE_102", "from", "account_fault"],
      ["GE_102", "mail_template_key", "account_fault"],
      ["SM_113", "to", "recipient_refused"],
      ["SM_113", "to[0].email_address.address", "recipient_refused"],
      ["SM_113", "from", "account_fault"],
      ["SM_113", "reply_to", "account_fault"],
      ["SM_113", "bounce_address", "account_fault"],
      ["SM_129", "subject", "recipient_refused"],
      ["SM_129", "client_reference", "account_fault"],
    ] as const
  ).map(
    ([code, target, kind]) =>
      [
        `${code} in ${target}`,
        answer(400, refused("TM_4001", code, target)),
        { kind, code },
      ] as const,
  ),
  ...(
    [
      ['Mandatory Field "to" has Invalid Value.', "recipient_refused"],
      ["No recipient field found.", "recipient_refused"],
      ['Mandatory Field "from" has Invalid Value.', "account_fault"],
      ["Invalid value.", "account_fault"],
    ] as const
  ).map(
    ([message, kind]) =>
      [
        message,
        answer(400, { error: { code: "TM_4001", details: [{ code: "SM_113", message }] } }),
        { kind, code: "SM_113" },
      ] as const,
  ),
  [
    "a local part beyond ASCII",
    answer(400, {
      error: { details: [{ code: "SM_113", target: "to", message: "dån@example.org is invalid" }] },
    }),
    "destination_refused",
  ],
  ["TM_3201 alone", answer(400, refused("TM_3201")), { kind: "account_fault", code: "TM_3201" }],
  [
    "bad JSON",
    answer(400, refused("TM_3301", "SM_101")),
    { kind: "account_fault", code: "SM_101" },
  ],
  ["bad MIME type", answer(400, refused("TM_3301", "SM_120")), "account_fault"],
  ["no such template", answer(400, refused("TM_3501", "MTR_101")), "account_fault"],
  ["too many addresses", answer(400, refused("TM_8001", "SM_127")), "account_fault"],
  ["TM_8001 alone", answer(400, refused("TM_8001")), "account_fault"],
  [
    "sender domain not verified",
    answer(400, refused("TM_4001", "SM_111")),
    { kind: "account_fault", code: "SM_111" },
  ],
  ["account not reviewed", answer(400, refused("TM_4001", "SM_128")), "account_fault"],
  [
    "bad token",
    answer(500, refused("TM_4001", "SERR_157")),
    { kind: "account_fault", code: "SERR_157" },
  ],
  ["TM_4001 alone", answer(400, refused("TM_4001")), { kind: "account_fault", code: "TM_4001" }],
  [
    "credits expired",
    answer(400, refused("TM_3501", "LE_101")),
    { kind: "account_fault", code: "LE_101" },
  ],
  ["TM_3501 alone", answer(400, refused("TM_3501")), "account_fault"],
  ["sending address not allowed", answer(400, refused("TM_3601", "SERR_156")), "account_fault"],
  ["trial used up", answer(400, refused("TM_3601", "SM_133")), "account_fault"],
  [
    "day's limit used up",
    answer(429, refused("TM_3601", "SMI_115")),
    { kind: "account_fault", code: "SMI_115" },
  ],
  [
    "account blocked",
    answer(400, refused("TM_3601", "AE_101")),
    { kind: "account_fault", code: "AE_101" },
  ],
  ["TM_3601 alone", answer(400, refused("TM_3601")), "account_fault"],
  ["credits used up", answer(400, refused("TM_5001", "LE_102")), "account_fault"],
  ["TM_5001 alone", answer(400, refused("TM_5001")), "account_fault"],
  ["an unknown code", answer(400, refused("TM_9999")), { kind: "account_fault", code: "TM_9999" }],
]);
