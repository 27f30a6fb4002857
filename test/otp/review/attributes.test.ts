import { describe, expect, it } from "vitest";
import { attributes } from "../../../otp/review/attributes.ts";

const none = { actions: [], before: null, after: null };

describe("attributes", () => {
  it.each([
    ["a changed value", { a: 1 }, { a: 2 }, [["a", "1", "2"]]],
    ["a text and a number", { a: "1" }, { a: 1 }, [["a", '"1"', "1"]]],
    ["an added value", {}, { a: true }, [["a", undefined, "true"]]],
    ["a removed value", { a: "x" }, { a: null }, [["a", '"x"', undefined]]],
    ["a nested value", { a: [{ b: 1 }] }, { a: [{ b: 2 }] }, [["a[0].b", "1", "2"]]],
    ["an odd key", { a: { "b.c": 1 } }, { a: { "b.c": 2 } }, [['a."b.c"', "1", "2"]]],
    [
      "an element of a set",
      { a: ["x", "y"] },
      { a: ["y", "z"] },
      [
        ["a[]", '"x"', undefined],
        ["a[]", undefined, '"z"'],
      ],
    ],
    ["another order", { a: ["x", "y"] }, { a: ["y", "x"] }, [["a", '["x","y"]', '["y","x"]']]],
    ["an emptied list", { a: [{ b: 1 }] }, { a: [] }, [["a[0].b", "1", undefined]]],
    ["a value that becomes a list", { a: "x" }, { a: [1] }, [["a", '"x"', "[1]"]]],
    ["equal values", { a: [{ b: "x" }] }, { a: [{ b: "x" }] }, []],
    ["empty blocks", { a: null }, { a: [] }, []],
  ])("compares %s", (_, before, after, expected) => {
    const found = attributes({ ...none, before, after });
    expect(found.map((one) => [one.path, one.before, one.after])).toEqual(expected);
  });

  it.each([
    ["alone", {}, { id: true }, [["id", undefined, "(known after apply)"]]],
    ["in place of a value", { id: "1" }, { id: true }, [["id", '"1"', "(known after apply)"]]],
    ["inside a block", {}, { a: [{ id: true }] }, [["a[0].id", undefined, "(known after apply)"]]],
  ])("shows what is known after apply %s", (_, before, after_unknown, expected) => {
    const found = attributes({ ...none, before, after: {}, after_unknown });
    expect(found.map((one) => [one.path, one.before, one.after])).toEqual(expected);
  });

  it("masks short values too, inside what changes as a whole", () => {
    const found = attributes({
      ...none,
      before: { a: [{ pin: "1234", name: "x" }] },
      after: { a: "none" },
      before_sensitive: { a: [{ pin: true }] },
    });
    expect(found).toEqual([
      { path: "a", before: '[{"pin":"(sensitive)","name":"x"}]', after: '"none"' },
    ]);
  });

  it("masks a value that is sensitive on one side only, on both", () => {
    const found = attributes({
      ...none,
      before: { a: "1234" },
      after: { a: "5678" },
      after_sensitive: { a: true },
    });
    expect(JSON.stringify(found)).not.toMatch(/1234|5678/);
  });

  it("leaves out what is shown in another way", () => {
    expect(attributes({ ...none, before: { code: "1" }, after: { code: "2" } }, ["code"])).toEqual(
      [],
    );
  });
});
