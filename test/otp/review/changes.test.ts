import { describe, expect, it } from "vitest";
import { review } from "../../../otp/review/index.ts";
import { actionValues, bundle, driftOf, planOf, rebundled, reviewOf } from "./plans.ts";
import type { ChangeInput } from "./plans.ts";

const values = { name: "x", deploy: true };
const both = { before: values, after: { ...values, name: "y" } };

/** Every combination of actions, and what the first line and the table say of it. */
const combinations: readonly (readonly [ChangeInput, string, string | undefined])[] = [
  [
    { actions: ["create"], after: values },
    "1 Action is created, nothing is destroyed",
    "is created",
  ],
  [{ actions: ["update"], ...both }, "1 Action changes in place, nothing", "changes in place"],
  [{ actions: ["delete"], before: values }, "1 Action is destroyed", "**is destroyed**"],
  [
    { actions: ["delete", "create"], ...both },
    "1 Action is replaced",
    "**is replaced, the old one destroyed first**",
  ],
  [
    { actions: ["create", "delete"], ...both },
    "1 Action is replaced",
    "**is replaced, the new one first**",
  ],
  [
    { actions: ["create", "forget"], ...both },
    "1 Action is replaced",
    "**is replaced, the old one left in the tenant**",
  ],
  [
    { actions: ["forget"], before: values },
    "1 Action is removed from the state",
    "is removed from the state",
  ],
  [{ actions: ["read"], after: values }, "no changes", undefined],
  [{ actions: ["no-op"], before: values, after: values }, "no changes", undefined],
  [
    {
      actions: ["no-op"],
      before: values,
      after: values,
      more: { previous_address: "auth0_action.old" },
    },
    "1 Action moves in the state, nothing is destroyed",
    "moved from `auth0_action.old`",
  ],
  [
    {
      actions: ["no-op"],
      before: values,
      after: values,
      moreChange: { importing: { id: "act-1" } },
    },
    "1 Action is imported, nothing is destroyed",
    "imported, id `act-1`",
  ],
  [
    { actions: ["update"], ...both, moreChange: { importing: { id: "act-1" } } },
    "1 Action changes in place, 1 Action is imported, nothing is destroyed",
    "imported, id `act-1`",
  ],
  [
    { actions: ["delete"], before: values, more: { deposed: "0a1b2c3d" } },
    "1 Action is destroyed",
    "deposed object `0a1b2c3d`",
  ],
  [
    {
      actions: ["delete", "create"],
      ...both,
      more: { action_reason: "replace_because_cannot_update" },
      moreChange: { replace_paths: [["supported_triggers", 0, "id"]] },
    },
    "1 Action is replaced",
    "it cannot change in place; `supported_triggers.0.id` changes",
  ],
  [
    { actions: ["delete"], before: values, more: { action_reason: "delete_of_tomorrow" } },
    "1 Action is destroyed",
    "`delete_of_tomorrow`",
  ],
];

describe("a review", () => {
  it.each(combinations)("of %j says: %s", (change, first, row) => {
    const { markdown } = reviewOf([change]);
    expect(markdown.split("\n")[0]).toContain(`**production**: ${first}`);
    if (row === undefined) expect(markdown).not.toContain("|");
    else expect(markdown.split("\n").find((line) => line.startsWith("| `"))).toContain(row);
  });

  it("counts by what a person calls the resources, and what rotates", () => {
    const secrets = { secrets_wo: [{ name: "A" }] };
    const { markdown } = reviewOf([
      {
        address: "auth0_action.email",
        before: actionValues("1;", { ...secrets, secrets_wo_version: 1 }),
        after: actionValues("1;", { ...secrets, secrets_wo_version: 2 }),
      },
      { address: "auth0_action.phone", before: actionValues("1;"), after: actionValues("2;") },
      { address: "auth0_email_provider.a", before: { enabled: false }, after: { enabled: true } },
    ]);
    expect(markdown.split("\n")[0]).toBe(
      "- 🟡 **production**: 2 Actions and 1 e-mail provider change in place, 1 secret rotates, nothing is destroyed",
    );
  });

  it("is one line for an environment without changes", () => {
    const result = reviewOf([{ actions: ["no-op"], before: values, after: values }]);
    expect(result.markdown).toBe("- ⚪ **production**: no changes");
    expect(result.changed).toBe(false);
  });

  it("has a line for each environment, in order, and details only where something changes", () => {
    const quiet = planOf([]);
    const loud = planOf([{ actions: ["delete"], before: values }]);
    const { markdown } = review(
      [
        { environment: "staging", plan: quiet },
        { environment: "production", plan: loud },
      ],
      { marker: "otp-plan" },
    );
    expect(markdown.split("\n").slice(0, 3)).toEqual([
      "<!-- otp-plan -->",
      "- ⚪ **staging**: no changes",
      "- 🔴 **production**: 1 Action is destroyed",
    ]);
    expect(markdown).toContain("### production");
    expect(markdown).not.toContain("### staging");
  });

  it("is not silent about what only changed outside Terraform", () => {
    const { markdown, changed } = reviewOf(
      [],
      {},
      driftOf([{ address: "auth0_action.a", before: { name: "ours" }, after: { name: "theirs" } }]),
    );
    expect(changed).toBe(true);
    expect(markdown).toContain("no changes, 1 Action was changed outside Terraform");
    expect(markdown).toContain('- name = "ours"\n+ name = "theirs"');
  });

  it("shows outputs old to new", () => {
    const { markdown } = reviewOf(
      [],
      {},
      {
        output_changes: {
          same: { actions: ["no-op"], before: 1, after: 1 },
          url: { actions: ["update"], before: "a", after: "b" },
          id: { actions: ["create"], before: null, after_unknown: true },
        },
      },
    );
    expect(markdown).toContain("2 outputs change");
    expect(markdown).toContain('- url = "a"\n+ url = "b"\n+ id = (known after apply)');
    expect(markdown).not.toContain("same");
  });

  it("says what a bundle weighs before and after", () => {
    const { markdown } = reviewOf([
      { before: actionValues("é".repeat(500)), after: actionValues("x".repeat(51_000)) },
    ]);
    expect(markdown).toContain(
      "`auth0_action.email` weighs 1,000 → 51,000 bytes (+50,000), 51 % of what Auth0 takes",
    );
  });

  it("holds the simulation that it is given", () => {
    const plan = planOf([rebundled({ vendors: ["a/text"] }, { vendors: ["b/text"] })]);
    const simulation = "| vendor | outage |\n| --- | --- |\n| a | 3 s |";
    const { markdown } = review([{ environment: "production", plan, simulation }]);
    expect(markdown).toContain(`<summary>Simulation of outages</summary>\n\n${simulation}\n\n`);
  });

  it("tells machines the same, without the code", () => {
    const { json } = reviewOf([
      rebundled({ vendors: ["a/text"] }, { vendors: ["b/text"] }),
      { actions: ["no-op"], address: "x.y", more: { previous_address: "x.z" } },
    ]);
    expect(json.environments[0]?.resources).toEqual([
      {
        address: "auth0_action.phone",
        type: "auth0_action",
        kind: "update",
        attributes: [],
        code: {
          linesAdded: 1,
          linesRemoved: 1,
          bytesBefore: Buffer.byteLength(bundle({ vendors: ["a/text"] })),
          bytesAfter: Buffer.byteLength(bundle({ vendors: ["b/text"] })),
        },
      },
      { address: "x.y", type: "x", kind: "none", movedFrom: "x.z", attributes: [] },
    ]);
    expect(json.dangers.map(({ kind }) => kind)).toEqual(["vendors", "order", "moved"]);
    expect(json).toMatchObject({ changed: true, environments: [{ name: "production" }] });
  });
});
