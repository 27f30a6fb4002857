import { describe, expect, it } from "vitest";
import { emailVendors } from "../../../actions/vendors/email/index.ts";
import { phoneVendors } from "../../../actions/vendors/phone/index.ts";
import type { HttpResponse, Verdict } from "../../../actions/vendors/vendor.ts";
import type { Answers } from "../../../otp/simulate/answers/answers.ts";
import { common } from "../../../otp/simulate/answers/answers.ts";
import { emailAnswers } from "../../../otp/simulate/answers/email.ts";
import { phoneAnswers } from "../../../otp/simulate/answers/phone.ts";
import type { Answer } from "../../../otp/simulate/sandbox/response.ts";

function read({ status, headers = {}, body }: Answer): HttpResponse {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    json = undefined;
  }
  return { status, headers, body, json };
}

interface Known {
  readonly vendor: {
    readonly idempotent: boolean;
    readonly token?: { read(response: HttpResponse): unknown };
    verdict(response: HttpResponse): Verdict;
  };
}

const channels: readonly [
  string,
  Readonly<Record<string, Known>>,
  Readonly<Record<string, Answers>>,
][] = [
  ["email", emailVendors, emailAnswers],
  ["phone", phoneVendors, phoneAnswers],
];

describe.each(channels)("the simulated vendors for %s", (_channel, vendors, answers) => {
  it("are all there, and no others", () => {
    expect(Object.keys(answers).sort()).toEqual(Object.keys(vendors).sort());
  });

  describe.each(Object.entries(vendors))("%s", (name, { vendor }) => {
    const own = answers[name];
    if (!own) throw new Error(`expected answers of ${name}`);
    const rows: (readonly [string, Answer, Verdict["kind"]])[] = [
      ["an accepted message", own.accepted, "accepted"],
      ["a repeated key", own.repeated ?? own.accepted, "accepted"],
      ["a bad recipient", own.badRecipient("+15005550006"), "recipient_refused"],
      ["bad credentials", own.badCredentials, "account_fault"],
      ["too many requests", own.limited ?? common.limited, "not_sent"],
      ["a broken vendor", own.down ?? common.down, "not_sent"],
      ["a gateway that gave up", own.unknown ?? common.unknown, "unknown"],
      ...(own.destinationRefused
        ? [
            [
              "a destination that is not enabled",
              own.destinationRefused("+15005550006"),
              "destination_refused",
            ] as const,
          ]
        : []),
    ];
    it.each(rows)("is understood: %s", (_meaning, answer, kind) => {
      expect(vendor.verdict(read(answer)).kind).toBe(kind);
    });

    it("has a reader of its key exactly if it takes one", () => {
      expect(own.key !== undefined).toBe(vendor.idempotent);
    });

    it("gives tokens exactly if it wants them", () => {
      expect(own.token !== undefined).toBe(vendor.token !== undefined);
      if (!own.token) return;
      expect(vendor.token?.read(read(own.token.granted))).toMatchObject({ lifetimeS: 3599 });
      expect(vendor.token?.read(read(own.token.refused))).toMatchObject({ kind: "account_fault" });
    });
  });

  it.each(Object.entries(vendors))(
    "%s does not prove acceptance by a proxy's page",
    (_name, { vendor }) => {
      expect(vendor.verdict(read(common.garbage)).kind).toBe("unknown");
    },
  );
});
