import { describe, expect, it } from "vitest";
import { awsVerdict } from "../../../actions/vendors/aws-errors.ts";
import type { AnswerRow } from "./answers.ts";
import { answer } from "./answers.ts";

const xml = (code: string) => `<ErrorResponse><Error><Code>${code}</Code></Error></ErrorResponse>`;

// Source of the names: "Common Error Types" in AWS's API references.
const rows: readonly AnswerRow[] = [
  [
    "an unknown key in the query protocol",
    answer(403, xml("InvalidClientTokenId")),
    { kind: "account_fault", code: "InvalidClientTokenId" },
  ],
  [
    "a bad signature as a 400 of the JSON protocol",
    answer(400, { __type: "com.amazon.coral.service#InvalidSignatureException" }),
    { kind: "account_fault", code: "InvalidSignatureException" },
  ],
  [
    "an unknown key as a 400 of the JSON protocol",
    answer(400, { __type: "UnrecognizedClientException" }),
    { kind: "account_fault", code: "UnrecognizedClientException" },
  ],
  [
    "a denied action with an address behind its name",
    answer(400, "", { "x-amzn-errortype": "AccessDeniedException:http://internal.example/" }),
    { kind: "account_fault", code: "AccessDeniedException" },
  ],
  [
    "throttling as a 400",
    answer(400, { __type: "ThrottlingException" }),
    { kind: "not_sent", code: "ThrottlingException" },
  ],
  ["a name that could be anything", answer(400, xml("+15005550006")), { kind: "account_fault" }],
  ["a name that is not text", answer(400, { __type: 7 }), { kind: "account_fault" }],
  [
    "the service's own name first",
    answer(400, { __type: "x#Own" }),
    { kind: "not_sent", code: "Own" },
  ],
];

describe("AWS's common errors", () => {
  it.each(rows)("are read wherever the protocol keeps them: %s", (_name, response, expected) => {
    expect(awsVerdict({ not_sent: ["Own"] }, response, false)).toEqual(expected);
  });
});
