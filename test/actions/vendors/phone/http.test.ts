import { expect, it } from "vitest";
import { vendor as http } from "../../../../actions/vendors/phone/http.ts";
import { answer, givesVerdicts } from "../answers.ts";
import { german, key, phone } from "../messages.ts";

it("speaks the wire format of the documented sample handler, with a key beside it", async () => {
  const request = await http.request({
    message: phone(german),
    settings: { url: "https://sms.example.com/messages" },
    secrets: { apiKey: "k3y" },
    key,
    now: 0,
    token: "",
  });
  expect(request).toMatchObject({ method: "POST", url: "https://sms.example.com/messages" });
  expect(request.headers).toMatchObject({ authorization: "Bearer k3y", "idempotency-key": key });
  expect(JSON.parse(request.body)).toEqual({
    to: german.to,
    from: german.from,
    body: german.text,
  });
});

givesVerdicts(http, [
  ["an empty 200", answer(200), "accepted"],
  ["201 with JSON", answer(201, { id: "1" }), "accepted"],
  ["a proxy's page in a 200", answer(200, "<html>"), "unknown"],
  ["a 422 that blames nobody", answer(422, "{}"), "account_fault"],
  ["a refused recipient", answer(422, { outcome: "recipient_refused" }), "recipient_refused"],
  ["a refused country", answer(403, { outcome: "destination_refused" }), "destination_refused"],
  ["a 4xx that says it has accepted", answer(422, { outcome: "accepted" }), "account_fault"],
  ["a 5xx that blames the recipient", answer(500, { outcome: "recipient_refused" }), "not_sent"],
]);
