import { describe, expect, it } from "vitest";
import type { Turn } from "./world.ts";
import { Memory } from "../../../actions/delivery/memory.ts";
import { World, accepts, hangs, step, unavailable } from "./world.ts";

const a = step("a");
const b = step("b");
const limits = (calls: readonly { readonly at: number; readonly aborted?: number }[]) =>
  calls.map(({ at, aborted = Infinity }) => aborted - at);

describe("time", () => {
  it("asks the next vendor when the first is silent for too long, and lets the call go on", async () => {
    const late: Turn = { ...accepts, ms: 6_000 };
    const world = new World({ a: [late], b: [hangs] });
    const { calls, outcome, ms } = await world.deliver([a, b]);
    expect(calls.map(({ id, at }) => [id, at])).toEqual([
      ["a", 0],
      ["b", 4_500],
    ]);
    // The first one's answer counts though the second was asked.
    expect({ outcome, ms }).toEqual({ outcome: "accepted", ms: 6_000 });
  });

  it("takes a vendor's own limit for that, where it is shorter", async () => {
    const world = new World({ a: [hangs], b: [accepts] });
    const { calls } = await world.deliver([step("a", { timeoutMs: 3_000 }), b]);
    expect(calls[1]?.at).toBe(3_000);
  });

  it("waits less where a duplicate costs less", async () => {
    const world = new World({ a: [hangs], b: [accepts] });
    const { calls } = await world.deliver([a, b], { duplicates: "tolerate" });
    expect(calls[1]?.at).toBe(2_000);
  });

  it("waits less for a vendor that failed lately, and least for a probe", async () => {
    const world = new World({ a: [accepts, unavailable, hangs], b: [accepts] });
    const quick = async (content: string) => (await world.deliver([a, b], {}, { content })).calls;
    for (let count = 0; count < 3; count++) await quick(`well-${String(count)}`);
    world.memory.circuit("a").successes = 19;
    expect((await quick("unwell")).at(-1)).toMatchObject({ id: "b" });
    const started = world.clock.now() - world.began;
    const { calls } = await world.deliver([a, b], {}, { content: "x" });
    expect(calls.map(({ id, at }) => [id, at - started])).toEqual([["b", 0]]);
  });

  it("leaves two seconds for each vendor that is still to try", async () => {
    const world = new World({ a: [hangs], b: [hangs], c: [accepts] });
    const { calls } = await world.deliver([a, b, step("c")], { deadlineMs: 6_000 });
    expect(calls.map(({ at }) => at)).toEqual([0, 2_000, 4_000]);
  });

  it("gives the only vendor all the time there is, and asks it once", async () => {
    const { calls, outcome } = await new World({ a: [hangs] }).deliver([a]);
    expect(limits(calls)).toEqual([17_000]);
    expect(outcome).toBe("failed");
  });

  it("ends before the deadline whatever vendors do", async () => {
    const { calls, ms, outcome } = await new World({ a: [hangs], b: [hangs] }).deliver([a, b]);
    expect(outcome).toBe("failed");
    expect(ms).toBeLessThanOrEqual(17_000);
    for (const { aborted } of calls) expect(aborted).toBeLessThanOrEqual(17_000);
  });

  it("begins no attempt that has less than 800 ms", async () => {
    const slow: Turn = { ...unavailable, ms: 450 };
    const world = new World({ a: [slow] });
    const { calls, ms } = await world.deliver([a], { deadlineMs: 1_500 });
    for (const { at } of calls) expect(at).toBeLessThanOrEqual(700);
    expect(ms).toBeLessThanOrEqual(1_500);
  });

  it("uses the last 800 ms", async () => {
    const { calls } = await new World({ a: [unavailable] }).deliver([a], { deadlineMs: 800 });
    expect(calls).toHaveLength(1);
    const none = await new World({ a: [unavailable] }).deliver([a], { deadlineMs: 799 });
    expect(none.calls).toHaveLength(0);
  });

  it("ends when the code dies, before the execution's own deadline", async () => {
    const world = new World({ a: [hangs] });
    const { ms } = await world.deliver([a], { lifetimeMs: 6_000 });
    expect(ms).toBeLessThanOrEqual(6_000);
  });

  it("needs no such hurry for a message without a code", async () => {
    const world = new World({ a: [hangs] });
    const { ms } = await world.deliver([a], { lifetimeMs: 6_000 }, { expires: false });
    expect(ms).toBe(17_000);
  });

  it("tells the vendor how long the code still works, a second at least, ten hours at most", async () => {
    const seen: number[] = [];
    const message = (_: unknown, lifetimeS: number) => {
      seen.push(lifetimeS);
      return {};
    };
    const world = new World({ a: [unavailable] });
    await world.deliver([a], {}, { message });
    expect(seen[0]).toBe(180);
    await world.pass(100_000);
    await world.deliver([a], {}, { message });
    expect(seen.at(-1)).toBeLessThan(81);
    const told = async (lifetimeMs: number, expires: boolean) => {
      const other = new World({ a: [accepts] });
      await other.deliver([a], { lifetimeMs }, { message, expires });
      return seen.at(-1);
    };
    expect(await told(86_400_000, true)).toBe(36_000);
    // A message without a code does not die.
    expect(await told(60_000, false)).toBe(36_000);
  });
});

describe("rounds", () => {
  it("asks again after growing pauses", async () => {
    const { calls } = await new World({ a: [unavailable] }).deliver([a]);
    const pauses = calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? 0) - 100);
    // Half of the jitter is 0.75 of 250 and 500 ms; then it is known to be down: once more, later.
    expect(pauses.slice(0, 2).map(Math.round)).toEqual([188, 375]);
    expect(calls.length).toBeLessThanOrEqual(4);
  });

  it("spreads the pauses, so that messages do not come together", async () => {
    const second = async (random: number) => {
      const world = new World({ a: [unavailable, accepts] });
      Object.defineProperty(world, "io", { value: { ...world.io, random: () => random } });
      return (await world.deliver([a])).calls[1]?.at;
    };
    expect(await second(0)).toBe(225);
    expect(await second(1)).toBe(350);
  });

  it("asks vendors by turns, the one that failed longest ago first", async () => {
    const world = new World({ a: [unavailable], b: [unavailable, unavailable, accepts] });
    const { asked, outcome } = await world.deliver([a, b]);
    expect({ asked, outcome }).toEqual({
      asked: ["a", "b", "a", "b", "a", "b"],
      outcome: "accepted",
    });
  });

  it("delivers with a vendor that recovers", async () => {
    const turns: Turn[] = [unavailable, { fails: "ECONNREFUSED" }, accepts];
    const { outcome, report } = await new World({ a: turns }).deliver([a]);
    expect({ outcome, attempts: report.attempts }).toEqual({ outcome: "accepted", attempts: 3 });
  });

  it.each([
    ["seconds", "3"],
    ["a date", new Date(1_800_000_003_100).toUTCString()],
  ])("waits as long as a vendor asks for in %s", async (_form, retryAfter) => {
    const world = new World({ a: [{ ...unavailable, retryAfter }, accepts] });
    const { calls } = await world.deliver([a]);
    expect(calls[1]?.at).toBeGreaterThanOrEqual(3_000);
    expect(calls[1]?.at).toBeLessThanOrEqual(3_100);
  });

  it("asks other vendors meanwhile", async () => {
    const world = new World({
      a: [{ ...unavailable, retryAfter: "9" }],
      b: [unavailable, accepts],
    });
    expect((await world.deliver([a, b])).asked).toEqual(["a", "b", "b"]);
  });

  it("does not wait for what lies beyond the deadline", async () => {
    const world = new World({ a: [{ ...unavailable, retryAfter: "60" }] });
    const { outcome, ms } = await world.deliver([a]);
    expect({ outcome, ms }).toEqual({ outcome: "failed", ms: 100 });
  });

  it.each(["soon", "-5", "Infinity", "1e999", "Mon, 99 Foo 1900"])(
    "takes nothing amiss that is no time: %j",
    async (retryAfter) => {
      const world = new World({ a: [{ ...unavailable, retryAfter }], b: [accepts] });
      expect((await world.deliver([a, b])).outcome).toBe("accepted");
    },
  );
});

describe("the next execution", () => {
  it("starts with the vendor that was not tried", async () => {
    const world = new World({ a: [hangs], b: [accepts] });
    // So little time is enough for one vendor.
    const first = await world.deliver([a, b], { deadlineMs: 1_500 });
    expect(first.asked).toEqual(["a"]);
    await world.pass(15_000);
    expect((await world.deliver([a, b], {})).asked).toEqual(["b"]);
  });

  it("starts with the vendor that is due first", async () => {
    const turn: Turn = { ...unavailable, retryAfter: "110" };
    const world = new World({ a: [turn], b: [{ ...unavailable, retryAfter: "20" }, accepts] });
    expect((await world.deliver([a, b], {})).outcome).toBe("failed");
    await world.pass(15_000);
    expect((await world.deliver([a, b], {})).asked).toEqual(["b"]);
  });

  it("asks a vendor without keys last that may have the message already", async () => {
    const world = new World({ a: [{ fails: "ECONNRESET" }], b: [unavailable] });
    expect((await world.deliver([a, b], { deadlineMs: 1_000 })).outcome).toBe("failed");
    await world.pass(15_000);
    // In another container as well.
    world.memory = new Memory();
    const { asked } = await world.deliver([a, b], { deadlineMs: 1_000 });
    expect(asked[0]).toBe("b");
  });
});

describe("once", () => {
  it("sends nothing again that an earlier execution had accepted", async () => {
    const world = new World({ a: [accepts] });
    await world.deliver([a]);
    await world.pass(15_000);
    const { outcome, calls } = await world.deliver([a]);
    expect({ outcome, calls }).toEqual({ outcome: "repeated", calls: [] });
    // In another container as well.
    world.memory = new Memory();
    expect((await world.deliver([a])).outcome).toBe("repeated");
  });

  it("sends it again when the code of then is dead: it is another message", async () => {
    const world = new World({ a: [accepts] });
    await world.deliver([a]);
    await world.pass(180_000);
    expect((await world.deliver([a])).outcome).toBe("accepted");
  });

  it("sends another message", async () => {
    const world = new World({ a: [accepts] });
    await world.deliver([a]);
    expect((await world.deliver([a], {}, { content: "f" })).outcome).toBe("accepted");
  });

  it("drops a code that died between two executions", async () => {
    const world = new World({ a: [unavailable] });
    expect((await world.deliver([a])).outcome).toBe("failed");
    await world.pass(180_000);
    const { outcome, calls } = await world.deliver([a]);
    expect({ outcome, calls }).toEqual({ outcome: "expired", calls: [] });
  });

  it("keeps the time at which a message was first seen through all executions", async () => {
    const world = new World({ a: [unavailable] });
    await world.deliver([a]);
    await world.pass(80_000);
    expect((await world.deliver([a])).outcome).toBe("failed");
    await world.pass(100_000);
    expect((await world.deliver([a])).outcome).toBe("expired");
  });

  it("never calls a message without a code dead", async () => {
    const world = new World({ a: [unavailable] });
    await world.deliver([a], {}, { expires: false });
    await world.pass(400_000);
    expect((await world.deliver([a], {}, { expires: false })).outcome).toBe("failed");
  });

  it("gives vendors the same key and first time in every attempt and execution", async () => {
    const inputs: unknown[] = [];
    const spying = step("a");
    const request: typeof spying.vendor.request = (input) => {
      inputs.push([input.key, input.firstSeen]);
      return spying.vendor.request(input);
    };
    const watched = { ...spying, vendor: { ...spying.vendor, request } };
    const world = new World({ a: [unavailable] });
    await world.deliver([watched]);
    await world.pass(15_000);
    await world.deliver([watched]);
    expect(inputs.length).toBeGreaterThan(3);
    expect(new Set(inputs.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(inputs[0]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), world.began]);
  });

  it("is accepted though the cache cannot be written", async () => {
    const world = new World({ a: [accepts] });
    world.cache = {
      get: () => undefined,
      set: () => {
        throw new Error("full");
      },
    };
    expect((await world.deliver([a])).outcome).toBe("accepted");
  });
});
