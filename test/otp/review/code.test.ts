import { describe, expect, it } from "vitest";
import { createDiffer } from "../../../otp/review/code.ts";
import { actionValues, reviewOf } from "./plans.ts";

const numbered = (count: number, change: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => change(index)).join("\n") + "\n";

describe("the diff of code", () => {
  it("shows changed lines with three lines around them", () => {
    const before = numbered(20, String);
    const after = before.replace("\n10\n", "\nten\n10b\n");
    expect(createDiffer()(before, after)).toEqual({
      lines: ["@@ -8,7 +8,8 @@", " 7", " 8", " 9", "-10", "+ten", "+10b", " 11", " 12", " 13"],
      added: 2,
      removed: 1,
    });
  });

  it("shows a missing line's end", () => {
    expect(createDiffer()("a\n", "a").lines).toEqual([
      "@@ -1,1 +1,1 @@",
      "-a",
      "+a",
      "\\ No newline at end of file",
    ]);
  });

  it("says so when the codes differ too much, and shows all lines that may differ", () => {
    const before = `same\n${numbered(60, (index) => `old ${String(index)}`)}end\n`;
    const after = `same\n${numbered(50, (index) => `new ${String(index)}`)}end\n`;
    const { lines, added, removed, caveat } = createDiffer(100)(before, after);
    expect(caveat).toMatch(/^the code differs too much/);
    expect([added, removed]).toEqual([50, 60]);
    expect(lines[0]).toBe("@@ -2,60 +2,50 @@");
    expect(lines.slice(1)).toEqual([
      ...Array.from({ length: 60 }, (_, index) => `-old ${String(index)}`),
      ...Array.from({ length: 50 }, (_, index) => `+new ${String(index)}`),
    ]);
  });

  it("shares its effort among all codes of a review", () => {
    const differ = createDiffer(150);
    const [before, after] = [
      numbered(5, (i) => `a${String(i)}`),
      numbered(5, (i) => `b${String(i)}`),
    ];
    const caveats = [differ(before, after), differ(before, after)].map(({ caveat }) => caveat);
    expect(caveats[0]).toBeUndefined();
    expect(caveats[1]).toMatch(/differs too much/);
  });

  it("shows 5 MB of code that is all different whole, and fits the comment", () => {
    const line = (word: string) => (index: number) => `${word} ${String(index)} ${"x".repeat(40)}`;
    const before = numbered(100_000, line("old"));
    const after = numbered(100_000, line("new"));
    expect(before.length + after.length).toBeGreaterThan(9_000_000);
    const { markdown, full } = reviewOf([
      { before: actionValues(before), after: actionValues(after) },
    ]);
    expect(full).toContain("the code differs too much for a line by line comparison");
    expect(full).toContain("+new 99999 ");
    expect(markdown.length).toBeLessThanOrEqual(65_536);
  });

  it("breaks a long line and cuts nothing of it", () => {
    const { full } = reviewOf([
      { before: actionValues("a"), after: actionValues(`${"x ".repeat(50_000)}the end`) },
    ]);
    expect(full.replace(/\n\+↪/g, "")).toContain(`+${"x ".repeat(50_000)}the end`);
    expect(Math.max(...full.split("\n").map(({ length }) => length))).toBeLessThan(400);
  });
});
