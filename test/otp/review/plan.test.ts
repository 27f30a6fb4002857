import { describe, expect, it } from "vitest";
import { readPlan } from "../../../otp/review/index.ts";
import { planJson } from "./plans.ts";
import { UserError } from "../../../config/user-error.ts";

const canary = "canary-of-a-secret";
const whole = planJson([{ before: { api_key: canary }, after: { api_key: canary } }]);

/** What is given, and what the error says it is. */
const wrong: readonly (readonly [string, string, string])[] = [
  ["an empty file", " \n", "got: an empty file"],
  ["text for people", "Terraform will perform the following actions:", "is not JSON"],
  ["a plan that was cut off", whole.slice(0, -20), "broken or cut off"],
  ["a saved plan", "PK\u0003\u0004 binary", "a saved plan itself; run `terraform show -json`"],
  ["UTF-16 read as UTF-8", "\uFFFD{\u0000}\u0000", "text in UTF-16"],
  [
    "the log of a plan",
    '{"@level":"info","@message":"Terraform"}\n{"@level":"info"}',
    "the log of `terraform plan -json`",
  ],
  ["a list", "[1]", "got: other JSON"],
  ["null", "null", "got: other JSON"],
  ["another program's object", '{"version": 3}', "got: other JSON"],
  ["a shown state", '{"format_version":"1.0","values":{}}', "a state; show a plan file"],
  ["a state file", '{"version":4,"terraform_version":"1.11.4","lineage":"x"}', "a state"],
  ["an older format", '{"format_version":"0.1","planned_values":{}}', "format 0.1; formats 1.x"],
  ["a later format", '{"format_version":"2.0","planned_values":{}}', "format 2.0; formats 1.x"],
  [
    "a plan of another shape",
    '{"format_version":"1.2","planned_values":{},"resource_changes":[{"address":3}]}',
    "unknown shape at resource_changes.0.address",
  ],
  [
    "a plan that ended with an error",
    planJson([], { errored: true }),
    "Terraform ended with an error; run the plan again",
  ],
  [
    "a plan nested beyond measure",
    planJson([]).replace(
      '"resource_changes":[]',
      `"resource_changes":[],"output_changes":{"a":{"actions":["create"],"after":${"[".repeat(9_000)}${"]".repeat(9_000)}}}`,
    ),
    "nested deeper than 500 levels",
  ],
];

describe("readPlan", () => {
  it.each(wrong)("says in one line what %s is", (_, text, said) => {
    const read = () => readPlan(text, "plan.json");
    expect(read).toThrow(UserError);
    expect(read).toThrow(said);
    expect(read).toThrow(/^plan\.json: expected [^\n]+$/);
  });

  it("quotes nothing of a broken plan, since sensitive values stand in it", () => {
    for (let end = 1; end < whole.length; end += 7) {
      expect(() => readPlan(whole.slice(0, end), "plan.json")).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining("canary") as string }),
      );
    }
  });

  it("reads a plan with a byte order mark, as Windows writes it", () => {
    expect(readPlan(`\uFEFF${whole}`, "plan.json").resource_changes).toHaveLength(1);
  });

  it("reads a plan of an empty configuration", () => {
    const plan = readPlan('{"format_version":"1.2","planned_values":{"root_module":{}}}', "p");
    expect(plan.resource_changes).toEqual([]);
  });
});
