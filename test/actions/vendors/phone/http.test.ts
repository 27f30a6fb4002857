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
  ["a proxy's page in a 200", answer(200, "<html>"), "not_sent"],
  ["422", answer(422, "{}"), "recipient_refused"],
]);
