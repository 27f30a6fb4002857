import { describe, expect, it } from "vitest";
import type { Contender } from "../../../otp/simulate/contenders.ts";
import type { Metrics } from "../../../otp/simulate/metrics.ts";
import { scenarios } from "../../../otp/simulate/scenarios.ts";
import { missed, thresholds } from "../../../otp/simulate/thresholds.ts";

const perfect: Metrics = {
  ...{ messages: 20_000, within10s: 1, withinLife: 1, p50Ms: 250, p90Ms: 700, p99Ms: 1_500 },
  ...{ p99Ratio: 1, firstCallMs: 0, duplicates: 0, keyedDuplicates: 0, callsPerDelivered: 1 },
  ...{ primaryShare: 1, codeWithin45s: 1, executions: 20_000, inFlight: 20, refused: 0 },
  ...{ over18s: 0, over20s: 0, falseReports: 0, dead: 0, superseded: 0, lost: 0, outageLost: 0 },
  ...{ leaks: 0, badRecipients: 0, badMishandled: 0, badCalls: 0, strays: 0 },
};

/** The metrics that miss their threshold. */
const misses = (
  scenario: string,
  change: Partial<Metrics>,
  contender: Contender = "engine",
  { alone = false, sample = perfect }: { alone?: boolean; sample?: Metrics } = {},
) => {
  const metrics = { ...perfect, ...change };
  return missed({ channel: "email", scenario, contender, metrics }, { sample, alone }).map(
    ({ threshold }) => threshold.metric,
  );
};

type Row = [scenario: string, change: Partial<Metrics>];
const failing = ["down", "unresolved", "revoked", "limited", "hangs"];

describe("the goals", () => {
  it("name scenarios that exist", () => {
    const known = scenarios.map(({ name }) => name);
    for (const { scenarios: names = [], except = [] } of thresholds)
      expect(known).toEqual(expect.arrayContaining([...names, ...except]));
  });

  it.each(scenarios.map(({ name }) => name))("are met by perfect figures: %s", (name) => {
    for (const alone of [false, true]) {
      expect(misses(name, {}, "engine", { alone })).toEqual([]);
      expect(misses(name, {}, "cold-cache", { alone })).toEqual([]);
    }
  });

  it.each<Row>([
    ...[...failing, "retry-after"].flatMap((name): Row[] => [
      [name, { within10s: 0.9998 }],
      [name, { p99Ms: 2_001 }],
      [name, { p99Ms: null }],
    ]),
    ["flaky", { within10s: 0.9998 }],
    ["flaky", { p99Ms: 3_001 }],
    ...[...failing, "flaky"].flatMap((name): Row[] => [
      [`${name}-60`, { within10s: 0.9989 }],
      [`${name}-60`, { p50Ms: 1_501 }],
      [`${name}-60`, { p90Ms: 4_001 }],
      ...["600", "4000"].flatMap((perHour): Row[] => [
        [`${name}-${perHour}`, { within10s: 0.9989 }],
        [`${name}-${perHour}`, { p50Ms: 601 }],
        [`${name}-${perHour}`, { p99Ms: 4_001 }],
      ]),
    ]),
    ...["healthy", "healthy-60", "healthy-600", "healthy-4000"].flatMap((name): Row[] => [
      [name, { duplicates: 0.21 }],
      [name, { p99Ratio: 1.06 }],
    ]),
    ["hangs-accepts", { duplicates: 5.1 }],
    ["hangs-accepts-600", { duplicates: 51 }],
    ["slow", { within10s: 0.9989 }],
    ["slow", { duplicates: 10.1 }],
    ["grey-50", { p99Ms: 3_001 }],
    ["grey-10", { p99Ms: 3_001 }],
    ["cache-off", { p50Ms: 501 }],
    ["cache-loses-half", { duplicates: 51 }],
    ["cache-hangs", { firstCallMs: 501 }],
    ["cache-slow", { withinLife: 0.9999 }],
    ["destination-refused", { primaryShare: 0.98 }],
    ["accepted-not-delivered", { codeWithin45s: 0.989 }],
    ["outage", { inFlight: 201 }],
    ["outage", { refused: 1 }],
    ["outage", { outageLost: 0.021 }],
    ["outage-5-min", { dead: 1 }],
    ["outage-ask-again", { superseded: 1 }],
    ["bad-recipients", { badMishandled: 1 }],
    ["healthy", { over18s: 1 }],
    ["garbage", { falseReports: 1 }],
    ["reset", { keyedDuplicates: 1 }],
    ["reset", { lost: 1 }],
    ["down", { leaks: 1 }],
    ["down", { strays: 1 }],
  ])("are missed in '%s' by %o", (name, change) => {
    expect(misses(name, change)).toEqual(Object.keys(change));
  });

  it("ask less of a cold cache, and nothing of its p99 and duplicates", () => {
    const slower = { within10s: 0.9991, p99Ms: 9_000, duplicates: 1_000 };
    expect(misses("down", slower, "cold-cache")).toEqual([]);
    expect(misses("down", { within10s: 0.9989 }, "cold-cache")).toEqual(["within10s"]);
    expect(misses("outage", { within10s: 0.9 }, "cold-cache")).toEqual([]);
  });

  it("ask nothing of the samples", () => {
    const bad = { within10s: 0, falseReports: 9 };
    expect(misses("down", bad, "sample")).toEqual([]);
    expect(misses("down", bad, "sample-with-timeout")).toEqual([]);
  });

  it("ask of one vendor only what does not take two", () => {
    const alone = { alone: true };
    expect(misses("down", { within10s: 0, p99Ms: null }, "engine", alone)).toEqual([]);
    expect(misses("down", { leaks: 1 }, "engine", alone)).toEqual(["leaks"]);
    expect(misses("outage", { inFlight: 201 }, "engine", alone)).toEqual(["inFlight"]);
    expect(misses("hangs-accepts", { duplicates: 5_001 }, "engine", alone)).toEqual(["duplicates"]);
    expect(misses("slow-9-of-10", { duplicates: 61 }, "engine", alone)).toEqual(["duplicates"]);
  });

  it("compare one vendor with the sample in the same run", () => {
    const around = { alone: true, sample: { ...perfect, within10s: 0.71, inFlight: 100 } };
    const compare = (change: Partial<Metrics>) => misses("slow-9-of-10", change, "engine", around);
    expect(compare({ within10s: 0.7, inFlight: 200 })).toEqual([]);
    expect(compare({ within10s: 0.69, inFlight: 201 })).toEqual(["within10s", "inFlight"]);
  });
});
