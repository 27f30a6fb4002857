import { expect, it } from "vitest";
import { vendor as http } from "../../../../actions/vendors/email/http.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { email, key } from "../messages.ts";

it("speaks the wire format of the documented sample handler, with a key beside it", async () => {
  const request = await http.request({
    message: email({ from: { name: "Müller, Jo", address: "login@example.com" } }),
    settings: { url: "https://mail.example.com/send-email" },
    secrets: { apiKey: "k3y" },
    key,
    now: 0,
    token: "",
  });
  expect(request).toMatchObject({ method: "POST", url: "https://mail.example.com/send-email" });
  expect(request.headers).toEqual({
    "content-type": "application/json",
    authorization: "Bearer k3y",
    "idempotency-key": key,
  });
  expect(JSON.parse(request.body)).toEqual({
    to: "jo@example.org",
    from: '"Müller, Jo" <login@example.com>',
    subject: "Your code is 123456",
    html: "<p>Your code is <b>123456</b></p>",
    text: "Your code is 123456",
  });
});

givesVerdicts(http, [
  ["an empty 200", answer(200), "accepted"],
  ["202 with JSON", answer(202, { id: "1" }), "accepted"],
  ["a login page in a 200", answer(200, "\n<!doctype html>"), "unknown"],
  ["400", answer(400, "{}"), "account_fault"],
  ["413", answer(413, "{}"), "account_fault"],
  ...(
    ["recipient_refused", "destination_refused", "account_fault", "not_sent", "unknown"] as const
  ).map(
    (outcome) =>
      [
        `422 that says ${outcome}`,
        answer(422, { outcome }),
        { kind: outcome, code: outcome },
      ] as const,
  ),
  ["422 that says accepted", answer(422, { outcome: "accepted" }), "account_fault"],
  ["a redirect", answer(302), "account_fault"],
  ["404", answer(404), "account_fault"],
  ["408", answer(408), "not_sent"],
]);
