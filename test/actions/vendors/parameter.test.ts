import { describe, expect, it } from "vitest";
import { namesParameter } from "../../../actions/vendors/parameter.ts";

describe("a parameter", () => {
  it.each([
    "The 'To' number +1 is not a valid phone number.",
    "Invalid 'To' Phone Number",
    "Invalid parameter `To`: +1",
    "Invalid To phone number format.",
    "Missing to param",
    "Invalid value for param: to",
    "to is not valid",
    "the value of to must be a number: (to)",
    "messages[0].destinations[0].to",
    "/to/0/phone_number",
    "to",
  ])("is named by %j", (text) => {
    expect(namesParameter(text, "to")).toBe(true);
  });

  it.each([
    "Your account is not allowed to send messages to this country",
    "Permission to send has not been enabled",
    "Top up to continue",
    "The 'From' number is not valid",
    "tomorrow is not valid",
    "",
    undefined,
    7,
    { to: "is not valid" },
  ])("is not named by %j", (text) => {
    expect(namesParameter(text, "to")).toBe(false);
  });

  it("is any of those that are asked for", () => {
    expect(namesParameter("dst is not valid", "src", "dst")).toBe(true);
    expect(namesParameter("dst is not valid", "src", "text")).toBe(false);
  });
});
