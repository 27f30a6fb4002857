import { describe, expect, it } from "vitest";
import { lifetimeWithin, withoutPlus } from "../../../actions/vendors/request.ts";
import { phone } from "./messages.ts";

it.each([
  ["+15005550006", "15005550006"],
  ["Example", "Example"],
  ["A+B", "A+B"],
])("writes %s as %s where digits are asked for", (number, expected) => {
  expect(withoutPlus(number)).toBe(expected);
});

describe("a lifetime", () => {
  it.each([
    [180, 180],
    [5, 20],
    [86_400, 36_000],
    [179.2, 180],
    [undefined, undefined],
  ])("of %s seconds is %s for a vendor that takes 20 to 36,000", (lifetimeS, expected) => {
    expect(lifetimeWithin(phone({ lifetimeS }), 20, 36_000)).toBe(expected);
  });
});
