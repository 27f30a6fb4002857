import { describe, expect, it } from "vitest";
import { assumed } from "../../../otp/simulate/assumptions.ts";
import { draw, seedOf, seeded } from "../../../otp/simulate/sandbox/random.ts";

function quantiles(latency: typeof assumed.healthy) {
  const random = seeded(7);
  const drawn = Array.from({ length: 40_000 }, () => draw(latency, random)).sort((a, b) => a - b);
  return { median: drawn[20_000] ?? 0, p99: drawn[39_600] ?? 0 };
}

describe("chance in a simulation", () => {
  it("is the same for the same seed and another for another", () => {
    const take = (seed: number) => Array.from({ length: 5 }, seeded(seed));
    expect(take(1)).toEqual(take(1));
    expect(take(1)).not.toEqual(take(2));
    expect(seedOf(1, "a")).not.toBe(seedOf(1, "b"));
  });

  it("answers as a healthy vendor is assumed to: 250 ms, 1.5 s at the 99th percentile", () => {
    const { median, p99 } = quantiles(assumed.healthy);
    expect(median).toBeGreaterThan(240);
    expect(median).toBeLessThan(260);
    expect(p99).toBeGreaterThan(1_400);
    expect(p99).toBeLessThan(1_600);
  });

  it("answers as a slow vendor is assumed to: half within 8 s", () => {
    const { median } = quantiles(assumed.slow);
    expect(median).toBeGreaterThan(7_800);
    expect(median).toBeLessThan(8_200);
  });
});
