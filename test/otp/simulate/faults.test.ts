import { describe, expect, it } from "vitest";
import { Faults } from "../../../otp/simulate/faults.ts";
import type { Fault } from "../../../otp/simulate/scenario.ts";
import { scenarios } from "../../../otp/simulate/scenarios.ts";
import { seeded } from "../../../otp/simulate/sandbox/random.ts";

const span = { start: 0, end: 1_000_000 };
const faultsOf = (faults: readonly Fault[], alone = false) =>
  new Faults({ faults }, span, "first", alone);
const struckBy = (faults: Faults, vendor: string, now: number) =>
  faults.strike(vendor, now, seeded(1))?.kind;

describe("faults", () => {
  it("strike the vendors that they name", () => {
    const first = faultsOf([{ kind: "down", vendors: "first" }]);
    expect([struckBy(first, "first", 0), struckBy(first, "second", 0)]).toEqual([
      "down",
      undefined,
    ]);
    const every = faultsOf([{ kind: "down", vendors: "every" }]);
    expect([struckBy(every, "first", 0), struckBy(every, "second", 0)]).toEqual(["down", "down"]);
  });

  it("begin and end when they should", () => {
    const fault = { kind: "down", vendors: "first", begins: 1 / 4 } as const;
    const seconds = faultsOf([{ ...fault, lasts: { seconds: 120 } }]);
    const at = (faults: Faults) =>
      [249_999, 250_000, 369_999, 370_000, 749_999, 750_000].map(
        (now) => struckBy(faults, "first", now) === "down",
      );
    expect(at(seconds)).toEqual([false, true, true, false, false, false]);
    const share = faultsOf([{ ...fault, lasts: { share: 1 / 2 } }]);
    expect(at(share)).toEqual([false, true, true, true, true, false]);
    expect(struckBy(faultsOf([fault]), "first", 9e9)).toBe("down");
  });

  it("come and go by turns, and say until when", () => {
    const faults = faultsOf([
      { kind: "limited", vendors: "first", turns: { onS: 10, offS: 10 }, retryAfter: true },
    ]);
    const strike = (now: number) => faults.strike("first", now, seeded(1));
    expect(strike(0)).toEqual({ kind: "limited", retryAfterS: 10 });
    expect(strike(9_500)).toEqual({ kind: "limited", retryAfterS: 1 });
    expect(strike(10_000)).toBeUndefined();
    expect(strike(20_000)).toEqual({ kind: "limited", retryAfterS: 10 });
  });

  it("strike the shares of calls that a flaky vendor is known by", () => {
    const flaky = scenarios.find(({ name }) => name === "flaky");
    const faults = faultsOf(flaky?.faults ?? []);
    const random = seeded(3);
    const struck = Array.from({ length: 50_000 }, () => faults.strike("any", 0, random)?.kind);
    const share = (kind: string) => struck.filter((one) => one === kind).length / struck.length;
    expect(share("down")).toBeCloseTo(0.05, 2);
    expect(share("reset")).toBeCloseTo(0.02, 2);
    expect(share("hangs")).toBeCloseTo(0.01, 2);
  });

  it("leave somebody alive unless they strike every vendor for sure", () => {
    const alive = (fault: Partial<Fault>, alone = false) =>
      faultsOf([{ kind: "down", vendors: "first", ...fault }], alone).alive(5);
    expect(alive({})).toBe(true);
    expect(alive({}, true)).toBe(false);
    expect(alive({ vendors: "every" })).toBe(false);
    expect(alive({ vendors: "every", share: 0.9 })).toBe(true);
    expect(alive({ vendors: "every", turns: { onS: 10, offS: 10 } })).toBe(false);
    expect(alive({ vendors: "every", begins: 1 / 2 })).toBe(true);
  });
});
