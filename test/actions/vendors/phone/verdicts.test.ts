import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { phoneVendors } from "../../../../actions/vendors/phone/index.ts";
import type { HttpResponse } from "../../../../actions/vendors/vendor.ts";
import { answer } from "../answers.ts";

/** Names that vendors' answers are made of, so that what is made up gets past the first look. */
const names = [
  ...[
    "code",
    "errorCode",
    "error_code",
    "error",
    "errors",
    "status",
    "data",
    "messages",
    "message",
  ],
  ...["value", "to", "type", "id", "sid", "message_uuid", "messageId", "MessageId", "groupId"],
  ...["source", "pointer", "parameter", "Reason", "Fields", "Name", "recipients", "items"],
  ...["successful", "httpStatusCode", "reason", "violations", "property", "description", "detail"],
  ...["invalid_parameters", "name", "requestError", "serviceException", "validationErrors"],
];
const body = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(0, 1, 3, 400, 2_000, 99_999, -5, true, null, "", "0", "ok", "no-such-code"),
    fc.string(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie("value"), { maxKeys: 6 }),
  ),
})).value;
const response = (min: number, max: number) =>
  fc
    .tuple(fc.integer({ min, max }), fc.oneof(body, fc.string()))
    .map(([status, content]): HttpResponse => answer(status, content));

describe.each(Object.entries(phoneVendors))("%s", (_name, { vendor }) => {
  it("makes something of every answer", () => {
    fc.assert(
      fc.property(response(200, 599), (one) => {
        const { kind, code } = vendor.verdict(one);
        expect(typeof kind).toBe("string");
        if (code !== undefined) expect(typeof code).toBe("string");
      }),
      { numRuns: 500 },
    );
  });

  it("never takes an answer other than a 2xx for accepted", () => {
    fc.assert(
      fc.property(response(300, 599), (one) => {
        expect(vendor.verdict(one).kind).not.toBe("accepted");
      }),
      { numRuns: 500 },
    );
  });

  // Strings that happen to be a vendor's code or name a parameter are as good as never made.
  it.each([400, 402, 404, 405, 409, 413, 415, 418, 422, 451])(
    "blames the account for a %i that it does not know",
    (status) => {
      const unknown = [
        {},
        [],
        { code: 1 },
        { code: "no_such_code", message: "no" },
        { error: { code: 1, message: "no" } },
        { errors: [{ code: "1", title: "no" }] },
        { messages: [{ status: { groupId: 9, id: 9_999 } }] },
        { type: "https://example.com/errors#no-such-code" },
        "<html>no</html>",
        "no",
      ];
      // Meta documents 1 as an unknown error that passes, Vonage as throttling.
      for (const content of unknown)
        expect(["account_fault", "not_sent"]).toContain(
          vendor.verdict(answer(status, content)).kind,
        );
    },
  );
});
