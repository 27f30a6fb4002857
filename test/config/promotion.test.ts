import { describe, expect, it } from "vitest";
import { checkEnvironment } from "../../config/load.ts";
import { inOrderOfPromotion } from "../../config/promotion.ts";

const environment = (name: string, promotedFrom?: string) => ({
  name,
  ...(promotedFrom !== undefined && { promotedFrom }),
});

describe("the order of promotion", () => {
  it.each([
    { title: "puts each after the one before it", given: ["c", "b", "a"], order: "a b c" },
    { title: "leaves the given order otherwise", given: ["z", "c", "y"], order: "z c y" },
    { title: "does not wait for one that was not asked for", given: ["c"], order: "c" },
  ])("$title", ({ given, order }) => {
    const from: Record<string, string> = { c: "b", b: "a" };
    const ordered = inOrderOfPromotion(given.map((name) => environment(name, from[name])));
    expect(ordered.map(({ name }) => name).join(" ")).toBe(order);
  });

  it.each([
    { title: "itself", all: [environment("a", "a")], said: "a after a" },
    {
      title: "one another",
      all: [environment("a", "b"), environment("b", "a")],
      said: "a after b after a",
    },
  ])("refuses environments that wait for $title", ({ all, said }) => {
    expect(() => inOrderOfPromotion(all)).toThrow(said);
  });

  it("is checked as the name of an environment", () => {
    const input = { name: "eu", domain: "eu.example.com", backend: { type: "local" } };
    expect(() => checkEnvironment({ ...input, promotedFrom: "Not A Name" }, "eu.ts")).toThrow(
      'promotedFrom: expected small letters, digits and hyphens, got: "Not A Name"',
    );
  });
});
