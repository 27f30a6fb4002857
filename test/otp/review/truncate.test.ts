import { describe, expect, it } from "vitest";
import { review } from "../../../otp/review/index.ts";
import { actionValues, bundle, planOf } from "./plans.ts";
import { breakouts } from "./markdown.ts";

/** A change of everything: routes, attributes and code, each of some length. */
function loud(name: string) {
  return planOf([
    {
      address: `auth0_action.${name}`,
      type: "auth0_action",
      before: actionValues(bundle({ vendors: ["a/text"] }, "old();\n".repeat(60)), { note: "1" }),
      after: actionValues(bundle({ vendors: ["b/text"] }, "new();\n".repeat(60)), { note: "2" }),
    },
  ]);
}

const plans = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    environment: `tenant-${String(index)}`,
    plan: loud(`phone-${String(index)}`),
  }));

describe("a document that is too long", () => {
  it.each([1, 10, 60, 400])("fits GitHub's limit with %i environments", (count) => {
    const { markdown } = review(plans(count), { fullDocument: "https://ci.example/runs/1" });
    expect(markdown.length).toBeLessThanOrEqual(65_536);
    expect(breakouts(markdown).filter((one) => one !== "link")).toEqual([]);
  });

  it.each([100, 1_000, 3_000, 5_000, 7_000])("fits a limit of %i", (limit) => {
    const { markdown } = review(plans(5), { limit, fullDocument: "the job summary" });
    expect(markdown.length).toBeLessThanOrEqual(limit);
    if (limit > 100) expect(markdown).toContain("All of it: the job summary.");
  });

  it("loses code first, then attributes, then routes, and dangers last", () => {
    const lengths = Array.from({ length: 60 }, (_, index) => 9_000 - index * 140);
    const kept = lengths.map((limit) => {
      const { markdown } = review(plans(2), { limit });
      return [
        markdown.includes("old();"),
        markdown.includes('note = "1"'),
        markdown.includes("flowchart"),
        markdown.includes("Look at this first"),
      ];
    });
    for (const flags of kept) {
      // What is left at all is the more important part of it.
      const first = flags.indexOf(true);
      if (first >= 0) expect(flags.slice(first)).not.toContain(false);
    }
    const lost = [0, 1, 2, 3].map((index) => kept.findIndex((flags) => flags[index] === false));
    expect(lost[0]).toBeLessThan(lost[1] ?? 0);
    expect(lost[1]).toBeLessThan(lost[2] ?? 0);
  });

  it("says what was cut and where it is, and is whole elsewhere", () => {
    const { markdown, full } = review(plans(60), { fullDocument: "https://ci.example/runs/1" });
    expect(markdown).toContain("Too long for one comment. Shortened or left out: ");
    expect(markdown).toContain("[The full document](https://ci.example/runs/1)");
    expect(full).not.toContain("Too long");
    expect(full.match(/^-old\(\);$/gm)).toHaveLength(60 * 60);
  });

  it("keeps the marker by which its comment is found", () => {
    const { markdown } = review(plans(60), { marker: "otp-plan" });
    expect(markdown.startsWith("<!-- otp-plan -->\n")).toBe(true);
  });

  it.each(["javascript:alert(1)", "https://x.example/a)[b](http://evil.example", "http://x"])(
    "does not link to %s",
    (fullDocument) => {
      const { markdown } = review(plans(60), { fullDocument });
      expect(breakouts(markdown)).toEqual([]);
    },
  );
});
