import { describe, expect, it } from "vitest";
import { digestsOf } from "../../../actions/delivery/key.ts";

describe("the idempotency key", () => {
  const secrets = { B: "2", A: "1" };
  const key = digestsOf(secrets).key(["t", "to", "text"]);

  it("is 32 hexadecimal digits, the same for the same message", () => {
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(digestsOf({ A: "1", B: "2" }).key(["t", "to", "text"])).toBe(key);
  });

  it.each([
    ["another recipient", secrets, ["t", "too", "text"]],
    ["other boundaries", secrets, ["t", "t", "otext"]],
    ["other secrets", { ...secrets, A: "3" }, ["t", "to", "text"]],
    ["another name", { B: "2", C: "1" }, ["t", "to", "text"]],
  ])("is another for %s", (_name, others, parts) => {
    expect(digestsOf(others).key(parts)).not.toBe(key);
  });
});
