import { describe, expect, it } from "vitest";
import type { Figures } from "../../../otp/simulate/metrics.ts";
import { goals, missed } from "../../../otp/simulate/thresholds.ts";
import { scenarios } from "../../../otp/simulate/scenarios.ts";

const perfect: Figures = {
  ...{ messages: 20_000, within10s: 1, withinLife: 1, medianMs: 250, p99Ms: 1_500 },
  ...{ duplicates: 0, keyedDuplicates: 0, callsPerDelivered: 1, executions: 20_000 },
  ...{ over18s: 0, over20s: 0, falseReports: 0, dead: 0, lost: 0, leaks: 0 },
  ...{ badRecipients: 0, badMishandled: 0, badCalls: 0, strays: 0 },
};

const misses = (
  scenario: string,
  change: Partial<Figures>,
  player: "ours" | "forgetful" | "sample" = "ours",
  alone = false,
) =>
  missed({ channel: "email", scenario, player, figures: { ...perfect, ...change } }, alone).map(
    ({ goal, got }) => [goal.figure, got],
  );

describe("the goals", () => {
  it("name scenarios that exist", () => {
    const known = scenarios.map(({ name }) => name);
    for (const { scenarios: names = [], except = [] } of goals)
      expect(known).toEqual(expect.arrayContaining([...names, ...except]));
  });

  it.each(scenarios.map(({ name }) => name))("are reached by perfect figures: %s", (name) => {
    expect(misses(name, {})).toEqual([]);
    expect(misses(name, {}, "forgetful")).toEqual([]);
  });

  it.each<[string, Partial<Figures>]>([
    ...["down", "unresolved", "revoked", "limited", "retry-after", "hangs"].flatMap(
      (name): [string, Partial<Figures>][] => [
        [name, { within10s: 0.9998 }],
        [name, { p99Ms: 2_001 }],
        [name, { p99Ms: null }],
      ],
    ),
    ["hangs-accepts", { duplicates: 5.1 }],
    ["slow", { within10s: 0.9989 }],
    ["slow", { duplicates: 10.1 }],
    ["flaky", { within10s: 0.9998 }],
    ["outage", { lost: 1 }],
    ["outage", { dead: 1 }],
    ["bad-recipients", { badMishandled: 1 }],
    ["healthy", { over18s: 1 }],
    ["garbage", { falseReports: 1 }],
    ["reset", { keyedDuplicates: 1 }],
    ["down", { leaks: 1 }],
  ])("are missed in '%s' by %o", (name, change) => {
    expect(misses(name, change)).toEqual(Object.entries(change));
  });

  it("ask less of a cache that forgets, and nothing of its p99 and duplicates", () => {
    expect(
      misses("down", { within10s: 0.9991, p99Ms: 9_000, duplicates: 1_000 }, "forgetful"),
    ).toEqual([]);
    expect(misses("down", { within10s: 0.9989 }, "forgetful")).toEqual([["within10s", 0.9989]]);
    expect(misses("outage", { within10s: 0.9 }, "forgetful")).toEqual([]);
  });

  it("ask nothing of the sample", () => {
    expect(misses("down", { within10s: 0, falseReports: 9 }, "sample")).toEqual([]);
  });

  it("ask of one vendor alone only what does not take two", () => {
    expect(misses("down", { within10s: 0, lost: 9, p99Ms: null }, "ours", true)).toEqual([]);
    expect(misses("down", { leaks: 1 }, "ours", true)).toEqual([["leaks", 1]]);
  });
});
