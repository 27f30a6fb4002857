import { describe, expect, it } from "vitest";
import { locale, messageType, object, text } from "../../../actions/delivery/event.ts";

describe("events", () => {
  it.each<[unknown]>([[undefined], [null], [7], ["text"], [{}], [{ a: null }], [{ a: 7 }]])(
    "read as empty where %j holds no object",
    (value) => {
      expect(object(value, "a")).toEqual({});
    },
  );

  it("give the object and the text that are there", () => {
    expect(object({ a: { b: " x " } }, "a")).toEqual({ b: " x " });
    expect(text({ b: " x " }, "b")).toBe(" x ");
  });

  it.each<[unknown]>([[undefined], [null], [7], [{}], [""], [" \n\t"]])(
    "read as no text where there is %j",
    (value) => {
      expect(text({ a: value }, "a")).toBe("");
    },
  );

  it.each<[unknown, string]>([
    ["otp_verify", "otp_verify"],
    ["try_provider_configuration_email", "try_provider_configuration_email"],
    ["a".repeat(33), "unknown"],
    ["123456", "unknown"],
    ["otp_verify\n", "unknown"],
    ['"}', "unknown"],
    ["", "unknown"],
    [7, "unknown"],
  ])("have the message type %j as %s", (value, expected) => {
    expect(messageType({ message_type: value })).toBe(expected);
  });

  it.each([
    ["de", "de"],
    ["pt_BR", "pt-BR"],
    ["", undefined],
  ])("have the locale %j as %j", (value, expected) => {
    expect(locale({ locale: value })).toBe(expected);
  });
});
