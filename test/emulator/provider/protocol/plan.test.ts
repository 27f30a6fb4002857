import { describe, expect, it } from "vitest";
import { plan } from "../../../../emulator/provider/protocol/plan.ts";
import type { Block } from "../../../../emulator/provider/protocol/schema.ts";
import { unknown } from "../../../../emulator/provider/protocol/value.ts";
import type { ObjectValue } from "../../../../emulator/provider/protocol/value.ts";

const block: Block = {
  attributes: {
    id: { type: "string", computed: true },
    name: { type: "string", required: true, replaces: true },
    note: { type: "string", optional: true },
    shown: { type: "bool", optional: true },
    on: { type: "bool", optional: true, default: true },
    runtime: { type: "string", optional: true, computed: true },
    secret: { type: "string", optional: true, writeOnly: true },
  },
  blocks: {
    options: {
      nesting: "list",
      computed: true,
      block: {
        attributes: {
          size: { type: "number", optional: true },
          strict: { type: "bool", optional: true, computed: true },
        },
      },
    },
    rules: { nesting: "list", block: { attributes: { text: { type: "string", required: true } } } },
  },
};

const nothing = {
  id: null,
  name: "a",
  note: null,
  shown: null,
  on: null,
  runtime: null,
  secret: null,
  options: [],
  rules: [],
} satisfies ObjectValue;

const prior = {
  ...nothing,
  id: "1",
  on: true,
  runtime: "node22",
  options: [{ size: 1, strict: true }],
} satisfies ObjectValue;

/** Plans as Terraform asks for it: computed values of the prior state are proposed again. */
function change(config: ObjectValue, before: ObjectValue | null = prior) {
  return plan(block, before, config, config);
}

describe("a plan for a new resource", () => {
  it.each([
    ["what only the tenant can say is unknown", "id", unknown],
    ["what it says unless it is configured is unknown", "runtime", unknown],
    ["a default is filled in", "on", true],
    ["what is optional stays null", "note", null],
  ])("%s", (_behaviour, attribute, expected) => {
    expect(change(nothing, null).planned[attribute]).toBe(expected);
  });

  it("never holds a write-only value", () => {
    expect(change({ ...nothing, secret: "canary" }, null).planned["secret"]).toBeNull();
  });

  it("marks what is unknown inside a block", () => {
    const config = { ...nothing, options: [{ size: 2, strict: null }] };
    expect(change(config, null).planned["options"]).toEqual([{ size: 2, strict: unknown }]);
  });

  it("replaces nothing", () => {
    expect(change(nothing, null).replaces).toEqual([]);
  });
});

describe("a plan for a resource that exists", () => {
  it("equals the state when nothing changes", () => {
    expect(change(nothing).planned).toEqual(prior);
  });

  it("keeps what only the tenant can say, even when something else changes", () => {
    const { planned } = change({ ...nothing, note: "new" });
    expect(planned["id"]).toBe("1");
    expect(planned["runtime"]).toBe("node22");
  });

  it("takes an optional value back when the configuration drops it", () => {
    expect(change(nothing, { ...prior, note: "old" }).planned["note"]).toBeNull();
  });

  it.each([
    ["false", "shown", false],
    ["empty text", "note", ""],
  ])("sees no change between nothing and a tenant's %s", (_value, attribute, value) => {
    expect(change(nothing, { ...prior, [attribute]: value }).planned[attribute]).toBe(value);
  });

  it("names the attribute whose change replaces it", () => {
    expect(change({ ...nothing, name: "b" }).replaces).toEqual(["name"]);
  });

  it("removes a block that is no longer configured", () => {
    expect(change(nothing, { ...prior, rules: [{ text: "old" }] }).planned["rules"]).toEqual([]);
  });

  it("marks what is unknown in a block that is new", () => {
    const config = {
      ...nothing,
      options: [
        { size: 1, strict: null },
        { size: 2, strict: null },
      ],
    };
    expect(change(config).planned["options"]).toEqual([
      { size: 1, strict: true },
      { size: 2, strict: unknown },
    ]);
  });

  it("takes a block that is not known yet as it is", () => {
    expect(change({ ...nothing, rules: unknown }).planned["rules"]).toBe(unknown);
  });
});
