import { describe, expect, it } from "vitest";
import { router } from "../../../actions/delivery/route.ts";

describe("routes", () => {
  const steps = ["a", "b", "c"].map((id) => ({ id }));
  const route = router([
    { countries: ["DE", "AT"], vendors: ["c", "a"] },
    { channels: ["voice"], messageTypes: ["otp_verify"], vendors: ["b"] },
    { messageTypes: ["blocked_account"], vendors: ["c"] },
  ]);
  it.each([
    [{ country: "AT", medium: "voice", type: "otp_verify" }, "ca"],
    [{ country: "US", medium: "voice", type: "otp_verify" }, "b"],
    [{ country: undefined, medium: "voice", type: "otp_enroll" }, "abc"],
    [{ medium: "text", type: "blocked_account" }, "c"],
    [{ medium: "text", type: "otp_verify" }, "abc"],
  ])("for %j are %s", (message, expected) => {
    expect(
      route(steps, message)
        .map(({ id }) => id)
        .join(""),
    ).toBe(expected);
  });

  it("keep both channels of a vendor that is used on two", () => {
    const two = [{ id: "a", channel: "whatsapp" }, { id: "a", channel: "text" }, { id: "b" }];
    expect(router([{ vendors: ["b", "a"] }])(two, { medium: "text", type: "x" })).toEqual([
      two[2],
      two[0],
      two[1],
    ]);
  });
});
