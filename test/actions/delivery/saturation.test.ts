import { describe, expect, it } from "vitest";
import type { Load } from "../../../actions/delivery/saturation.ts";
import { effortOf } from "../../../actions/delivery/saturation.ts";

const began = 1_800_000_000_000;
const deadline = began + 17_600;
const seconds = 1_000;

/** What an execution may do that began now, for a message that was seen `age` ago. */
const effort = (load: Partial<Load> = {}, age = 0) =>
  effortOf(
    {
      ...{ now: began, deadline, seen: began - age, allDownSince: began - age - 60 * seconds },
      ...{ executions: 1, steps: 2, share: 0, random: 0 },
      ...load,
    },
    began,
  );

it("is usual while one vendor is not down, however many executions run", () => {
  expect(effort({ allDownSince: undefined, executions: 1_000 })).toEqual({
    ...{ calls: 8, callsEach: 4, holdUntil: 0 },
  });
});

it("makes one round and one more call, held back, while all are down and few wait", () => {
  expect(effort()).toEqual({ calls: 3, callsEach: 2, holdUntil: began + 4_000 });
  expect(effort({ random: 0.5 }).holdUntil).toBe(began + 9_500);
  expect(effort({ steps: 1 }).calls).toBe(2);
});

it("holds no call back beyond the time that it needs", () => {
  expect(effort({ deadline: began + 5_000 }).holdUntil).toBe(began + 3_100);
  expect(effort({ now: deadline - 1_800 }).holdUntil).toBe(0);
});

describe("while every vendor is down, executions that wait", () => {
  it.each([
    ["usually", {}, 0, 55],
    ["with the message's last chance", {}, 105 * seconds, 100],
    ["at an outage's beginning, in their turn", { allDownSince: began }, 0, 175],
  ] as const)("%s, are at most so many", (_, load, age, most) => {
    expect(effort({ ...load, executions: most }, age).calls).toBe(3);
    expect(effort({ ...load, executions: most + 1 }, age)).toEqual({
      ...{ calls: 2, callsEach: 1, holdUntil: 0 },
    });
  });
});

describe("a message of an outage's first seconds waits to the end of one execution:", () => {
  it.each([
    ["its first", 0.1, 0],
    ["its second", 0.5, 15 * seconds],
    ["its fourth", 0.9, 105 * seconds],
  ])("%s", (_, share, turn) => {
    for (const age of [0, 15 * seconds, 45 * seconds, 105 * seconds]) {
      const { calls } = effort({ share, allDownSince: began - age, executions: 120 }, age);
      expect(calls).toBe(age === turn ? 3 : 2);
    }
  });

  it("not if it came later", () => {
    const later = { share: 0.1, executions: 120 };
    expect(effort({ ...later, allDownSince: began - 17_999 }).calls).toBe(3);
    expect(effort({ ...later, allDownSince: began - 18_000 }).calls).toBe(2);
  });
});
