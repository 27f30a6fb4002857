import { expect, it } from "vitest";
import callingCodes from "../../bundle/calling-codes.json" with { type: "json" };
import { computeCallingCodes } from "../../bundle/calling-codes.ts";

it("holds what the library's metadata says now; npm run docs writes it anew", () => {
  expect(callingCodes).toEqual(computeCallingCodes());
});
