import { describe, expect, it } from "vitest";
import type { EmailMessage } from "../../../../actions/delivery/message.ts";
import { vendor as microsoftGraph } from "../../../../actions/vendors/email/microsoft-graph.ts";
import type { HttpRequest, HttpResponse } from "../../../../actions/vendors/vendor.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { awkward, email, key } from "../messages.ts";

const { credentials } = captured("email/microsoft-graph");
const account = {
  settings: {
    tenantId: "11111111-2222-4333-8444-555555555555",
    clientId: "66666666-7777-4888-9999-000000000000",
    user: credentials["userId"] ?? "",
    bodyType: "html",
  },
  secrets: { clientSecret: "s~cret+/=&" },
} as const;
const send = (message: EmailMessage, settings: { bodyType?: "text"; user?: string } = {}) =>
  microsoftGraph.request({
    message,
    settings: { ...account.settings, ...settings },
    secrets: account.secrets,
    key,
    now: 0,
    token: credentials["accessToken"] ?? "",
  }) as HttpRequest;

const reference = {
  "body.message.internetMessageHeaders.0.name": "the key is always told, to find a message again",
  "body.message.internetMessageHeaders.0.value": "the key is always told, to find a message again",
};

equalsSdk("email/microsoft-graph", {
  A: { request: () => send(email()), differences: reference },
  "A+text": { request: () => send(email(), { bodyType: "text" }), differences: reference },
  "A+options": { request: () => send(email({ replyTo: { address: "help@example.com" } })) },
});

it("keeps names, subjects and content as they are", () => {
  const { message } = JSON.parse(send(email(awkward)).body) as { message: unknown };
  expect(message).toMatchObject({
    subject: awkward.subject,
    body: { contentType: "HTML", content: awkward.html },
    from: { emailAddress: awkward.from },
    replyTo: [{ emailAddress: awkward.replyTo }],
  });
  const text = JSON.parse(send(email(awkward), { bodyType: "text" }).body) as unknown;
  expect(text).toMatchObject({ message: { body: { contentType: "Text", content: awkward.text } } });
});

it("escapes the mailbox in the address", () => {
  expect(send(email(), { user: "jo#ext#@example.com" }).url).toBe(
    "https://graph.microsoft.com/v1.0/users/jo%23ext%23%40example.com/sendMail",
  );
});

const refused = (code: string) => ({ error: { code, message: "m", innerError: { date: "d" } } });

// Source of the codes: Microsoft's reference of `sendMail`, its error responses and Exchange's
// response codes; the statuses of the quota codes are unverified.
givesVerdicts(microsoftGraph, [
  ["accepted", answer(202), { kind: "accepted" }],
  ["an empty 200", answer(200), "unknown"],
  ["HTML in a 202", answer(202, "<html>login</html>"), "unknown"],
  ["HTML in a 200", answer(200, "<html>login</html>"), "unknown"],
  [
    "invalid recipient",
    answer(400, refused("ErrorInvalidRecipients")),
    { kind: "recipient_refused", code: "ErrorInvalidRecipients" },
  ],
  [
    "message too large",
    answer(413, refused("ErrorMessageSizeExceeded")),
    { kind: "recipient_refused", code: "ErrorMessageSizeExceeded" },
  ],
  [
    "token expired",
    answer(401, refused("InvalidAuthenticationToken")),
    { kind: "account_fault", code: "InvalidAuthenticationToken" },
  ],
  [
    "access denied",
    answer(403, refused("ErrorAccessDenied")),
    { kind: "account_fault", code: "ErrorAccessDenied" },
  ],
  [
    "sender not the mailbox's",
    answer(403, refused("ErrorSendAsDenied")),
    { kind: "account_fault", code: "ErrorSendAsDenied" },
  ],
  [
    "no such mailbox",
    answer(404, refused("ErrorInvalidUser")),
    { kind: "account_fault", code: "ErrorInvalidUser" },
  ],
  [
    "daily limit",
    answer(429, refused("ErrorExceededMessageLimit")),
    { kind: "account_fault", code: "ErrorExceededMessageLimit" },
  ],
  ["quota of submissions", answer(429, refused("ErrorSubmissionQuotaExceeded")), "account_fault"],
  ["blocked for spam", answer(403, refused("ErrorMessageSubmissionBlocked")), "account_fault"],
  ["no mailbox for REST", answer(404, refused("MailboxNotEnabledForRESTAPI")), "account_fault"],
  ["not consented", answer(403, refused("Authorization_RequestDenied")), "account_fault"],
  ["a code in lower case", answer(400, refused("errorInvalidRecipients")), "recipient_refused"],
  ["mailbox full", answer(400, refused("ErrorQuotaExceeded")), "account_fault"],
  ["account suspended", answer(400, refused("ErrorAccountSuspend")), "account_fault"],
  [
    "throttled",
    answer(429, refused("ApplicationThrottled"), { "retry-after": "5" }),
    { kind: "not_sent", code: "ApplicationThrottled" },
  ],
  ["mailbox moving", answer(403, refused("ErrorMailboxStoreUnavailable")), "not_sent"],
  ["server busy", answer(503, refused("ErrorServerBusy")), "not_sent"],
  [
    "an unknown code",
    answer(400, refused("ErrorInvalidRequest")),
    { kind: "account_fault", code: "ErrorInvalidRequest" },
  ],
  ["a 400 without a body", answer(400), { kind: "account_fault" }],
]);

describe("microsoft-graph's token", () => {
  it("is asked for with the client credentials, as a form", async () => {
    const request = await microsoftGraph.token?.request({ ...account, now: 0 });
    expect(request).toMatchObject({
      method: "POST",
      url: "https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/oauth2/v2.0/token",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      client_id: account.settings.clientId,
      scope: "https://graph.microsoft.com/.default",
      client_secret: account.secrets.clientSecret,
      grant_type: "client_credentials",
    });
  });

  const given = { token_type: "Bearer", expires_in: 3599, access_token: "eyJ" };
  const denied = (error: string, number: number) => ({ error, error_codes: [number] });
  // Source of the codes: "Microsoft identity platform and the OAuth 2.0 client credentials flow",
  // RFC 6749 (5.2) and Microsoft Entra's error code reference.
  const table: readonly (readonly [string, HttpResponse, unknown])[] = [
    ["given", answer(200, given), { token: "eyJ", lifetimeS: 3599 }],
    ["without a lifetime", answer(200, { access_token: "eyJ" }), { kind: "not_sent" }],
    ["empty", answer(200, { ...given, access_token: "" }), { kind: "not_sent" }],
    ["HTML in a 200", answer(200, "<html>"), { kind: "not_sent" }],
    [
      "refused: secret wrong",
      answer(401, denied("invalid_client", 7000215)),
      { kind: "account_fault", code: "7000215" },
    ],
    [
      "refused: secret expired",
      answer(401, denied("invalid_client", 7000222)),
      { kind: "account_fault", code: "7000222" },
    ],
    [
      "refused: no such application",
      answer(400, denied("unauthorized_client", 700016)),
      { kind: "account_fault", code: "700016" },
    ],
    [
      "refused: no such tenant",
      answer(400, denied("invalid_request", 90002)),
      { kind: "account_fault", code: "90002" },
    ],
    [
      "refused without a number",
      answer(400, { error: "invalid_scope" }),
      { kind: "account_fault", code: "invalid_scope" },
    ],
    [
      "not to be had now",
      answer(400, denied("temporarily_unavailable", 90033)),
      { kind: "not_sent", code: "temporarily_unavailable" },
    ],
    ["rate limited", answer(429), { kind: "not_sent" }],
    ["down", answer(503, "<html>"), { kind: "not_sent" }],
  ];
  it.each(table)("%s", (_name, response, expected) => {
    expect(microsoftGraph.token?.read(response)).toEqual(expected);
  });
});
