import fc from "fast-check";
import { describe, it } from "vitest";
import type { HttpResponse, Verdict } from "../../../../actions/vendors/vendor.ts";
import { emailVendors } from "../../../../actions/vendors/email/index.ts";
import { answer } from "../answers.ts";

const vendors: readonly { name: string; verdict: (response: HttpResponse) => Verdict }[] =
  Object.values(emailVendors).map(({ vendor }) => vendor);

/** Members that vendors answer with, so that arbitrary bodies reach every branch. */
const member = fc.constantFrom(
  ..."ErrorCode Message Messages Errors ErrorRelatedTo StatusCode Status error errors code message".split(
    " ",
  ),
  ..."details target name field path success warnings type meta id messageId data outcome".split(
    " ",
  ),
);
const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.string({ maxLength: 20, unit: "binary" }),
);
const { body } = fc.letrec<{ body: unknown }>((tie) => ({
  body: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("body"), { maxLength: 3 }),
    fc.dictionary(member, tie("body"), { maxKeys: 5 }),
  ),
}));
const text = fc.oneof(body, fc.string({ unit: "binary" }), fc.constant(undefined));

/** What a vendor says of a message that it already has: a refusal that is an acceptance. */
const repeated = (name: string, { status }: HttpResponse) =>
  (name === "loops" && status === 409) || (name === "brevo" && status === 400);

describe.each(vendors)("$name", ({ name, verdict }) => {
  it("reads every answer, and accepts with a 2xx alone", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), text, (status, said) => {
        const response = answer(status, said ?? "");
        const { kind } = verdict(response);
        const good = status >= 200 && status < 300;
        return kind !== "accepted" || good || repeated(name, response);
      }),
      { numRuns: 300 },
    );
  });

  it("never blames the recipient for a 4xx whose words it does not know", () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 499 }), fc.string(), (status, words) => {
        const unknown = {
          error: { code: "X", message: `x${words}` },
          message: `x${words}`,
          code: "X",
        };
        return [words, unknown, { errors: [unknown] }, { Messages: [{ Errors: [unknown] }] }].every(
          (said) => verdict(answer(status, said)).kind !== "recipient_refused",
        );
      }),
      { numRuns: 200 },
    );
  });
});
