import { describe, expect, it } from "vitest";
import { diagnostic, Failure } from "../../../../emulator/provider/protocol/failure.ts";
import type { Block } from "../../../../emulator/provider/protocol/schema.ts";
import { sensitiveTexts, toState } from "../../../../emulator/provider/protocol/state.ts";
import { unknown } from "../../../../emulator/provider/protocol/value.ts";

const block: Block = {
  attributes: {
    id: { type: "string", computed: true },
    token: { type: "string", optional: true, sensitive: true },
  },
  blocks: {
    secrets: {
      nesting: "list",
      block: {
        attributes: {
          name: { type: "string", required: true },
          value: { type: "string", required: true, sensitive: true, writeOnly: true },
        },
      },
    },
  },
};

const config = { token: "canary", secrets: [{ name: "KEY", value: "canary-in-block" }] };

describe("a diagnostic", () => {
  it("repeats no sensitive value, not even the rest of a longer one", () => {
    const error = new Failure("canary", "got canary-in-block for KEY", "secrets");
    expect(diagnostic(error, sensitiveTexts(block, config))).toEqual({
      severity: 1,
      summary: "(sensitive value)",
      detail: "got (sensitive value) for KEY",
      attribute: { steps: [{ attribute_name: "secrets" }] },
    });
  });

  it("says what went wrong when the provider itself failed", () => {
    expect(diagnostic(new Error("expected id"), [])).toMatchObject({ detail: "expected id" });
  });
});

describe("a state", () => {
  it("has every name of the schema, no write-only value and nothing unknown", () => {
    expect(toState(block, { ...config, id: unknown, other: 1 })).toEqual({
      id: null,
      token: "canary",
      secrets: [{ name: "KEY", value: null }],
    });
  });
});
