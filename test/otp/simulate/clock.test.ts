import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../../otp/simulate/sandbox/clock.ts";

describe("the virtual clock", () => {
  it("calls back in the order of time, and of asking where times are the same", async () => {
    const clock = new VirtualClock(1_000);
    const seen: string[] = [];
    const note = (name: string) => () => {
      seen.push(`${name} ${clock.now()}`);
    };
    clock.after(30, note("c"));
    clock.after(10, note("a"));
    clock.after(20, note("b1"));
    clock.after(20, note("b2"));
    await clock.run();
    expect(seen).toEqual(["a 1010", "b1 1020", "b2 1020", "c 1030"]);
  });

  it("keeps the order of many random times", async () => {
    const clock = new VirtualClock(0);
    const seen: number[] = [];
    const times = Array.from({ length: 2_000 }, (_, index) => (index * 7_919) % 1_009);
    for (const ms of times) clock.after(ms, () => seen.push(clock.now()));
    await clock.run();
    expect(seen).toEqual([...times].sort((a, b) => a - b));
  });

  it("forgets what was taken back", async () => {
    const clock = new VirtualClock(0);
    let called = false;
    const cancel = clock.after(5, () => (called = true));
    clock.after(1, cancel);
    await clock.run();
    expect(called).toBe(false);
  });

  it("lets chains of promises go on to their end before time does", async () => {
    const clock = new VirtualClock(0);
    let ended = -1;
    clock.after(1, () => {
      void (async () => {
        for (let step = 0; step < 200; step++) await Promise.resolve();
        ended = clock.now();
      })();
    });
    clock.after(2, () => undefined);
    await clock.run();
    expect(ended).toBe(1);
  });

  it("never goes back for times that have passed", async () => {
    const clock = new VirtualClock(100);
    let at = 0;
    clock.after(-50, () => (at = clock.now()));
    await clock.run();
    expect(at).toBe(100);
  });
});
