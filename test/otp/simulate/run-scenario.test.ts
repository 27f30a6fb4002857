import { describe, expect, it } from "vitest";
import { assumed } from "../../../otp/simulate/assumptions.ts";
import { cacheWith } from "../../../otp/simulate/cache.ts";
import { Containers } from "../../../otp/simulate/containers.ts";
import { MessageBook } from "../../../otp/simulate/message-book.ts";
import { newMessage } from "../../../otp/simulate/messages.ts";
import type { Scenario } from "../../../otp/simulate/scenario.ts";
import { VirtualClock } from "../../../otp/simulate/sandbox/clock.ts";
import { seeded } from "../../../otp/simulate/sandbox/random.ts";
import { handwritten, metricsFor } from "./actions-under-test.ts";

const made = (more: Partial<Scenario> = {}): Scenario => ({
  ...{ name: "made", title: "Made for a test", faults: [], enough: 100 },
  ...more,
});
const waits = (ms: number) =>
  handwritten(`await new Promise((resolve) => setTimeout(resolve, ${String(ms)}));`);

describe("a run", () => {
  it("counts executions in flight", async () => {
    const { inFlight } = await metricsFor(waits(10_000), made(), 400);
    // 20 a second for 10 s each.
    expect(inFlight).toBeGreaterThan(150);
    expect(inFlight).toBeLessThan(260);
  });

  it("refuses executions at the limit, and runs them again", async () => {
    const found = await metricsFor(waits(5_000), made({ executionLimit: 50 }), 400);
    expect(found.inFlight).toBe(50);
    expect(found.refused).toBeGreaterThan(50);
    expect(found.executions).toBe(400);
  });

  it("gives users without a code another one, three times", async () => {
    const never = handwritten('drop("no");');
    const found = await metricsFor(never, made({ askAgainS: 30 }), 50);
    expect(found).toMatchObject({ messages: 200, codeWithin45s: 0 });
    const first = handwritten('await post("first");');
    expect(await metricsFor(first, made({ askAgainS: 30 }), 50)).toMatchObject({
      ...{ messages: 50, codeWithin45s: 1 },
    });
  });

  it("tells apart what a vendor accepts and what it delivers", async () => {
    const fault = { kind: "swallows", vendors: "first", share: 0.3 } as const;
    const scenario = made({ faults: [fault], askAgainS: 30 });
    const first = await metricsFor(handwritten('await post("first");'), scenario, 600);
    expect(first.falseReports).toBe(0);
    // The same carrier swallows the next code too.
    expect(first.codeWithin45s).toBeGreaterThan(0.6);
    expect(first.codeWithin45s).toBeLessThan(0.8);
    const second = await metricsFor(handwritten('await post("second");'), scenario, 600);
    expect(second.codeWithin45s).toBe(1);
  });

  it("counts codes that were sent after a newer one had been delivered", async () => {
    const late = handwritten(`
      globalThis.seen = (globalThis.seen ?? 0) + 1;
      await new Promise((resolve) => setTimeout(resolve, globalThis.seen % 2 ? 19_000 : 0));
      if (globalThis.seen % 2) retry("later"); else await post("first");`);
    expect((await metricsFor(late, made({ askAgainS: 5 }), 200)).superseded).toBeGreaterThan(0);
    const once = handwritten('await post("first");');
    expect((await metricsFor(once, made({ askAgainS: 5 }), 200)).superseded).toBe(0);
  });

  it("refuses some destinations at the first vendor alone", async () => {
    const scenario = made({ refusedPerMinute: 60 });
    const first = handwritten(
      'const { status } = await post("first"); if (status > 299) drop("");',
    );
    const { within10s } = await metricsFor(first, scenario, 400);
    expect(within10s).toBeGreaterThan(0.9);
    expect(within10s).toBeLessThan(0.97);
    const second = handwritten('await post("second");');
    expect(await metricsFor(second, scenario, 400)).toMatchObject({
      within10s: 1,
      primaryShare: 0,
    });
  });

  it("measures what comes during a fault, or after the first minute", async () => {
    const first = handwritten('await post("first");');
    const down = { kind: "down", vendors: "first", turns: { onS: 10, offS: 10 } } as const;
    const during = made({ faults: [down], measured: "during-fault" });
    const found = await metricsFor(first, during, 800);
    expect(found.within10s).toBe(0);
    expect(found.messages).toBeGreaterThan(300);
    expect(found.messages).toBeLessThan(500);
    const early = await metricsFor(first, made({ measured: "after-first-minute" }), 200);
    expect(early).toMatchObject({ messages: 0, within10s: null, duplicates: null });
  });

  it("compares the p99 with the vendor's own, and times the first call", async () => {
    const found = await metricsFor(handwritten('await post("first");'), made(), 500);
    expect(found.p99Ratio).toBeCloseTo(1);
    expect(found.firstCallMs).toBeCloseTo(0);
    const late = handwritten(
      'await new Promise((resolve) => setTimeout(resolve, 700)); await post("first");',
    );
    const slower = await metricsFor(late, made(), 500);
    expect(slower.firstCallMs).toBeCloseTo(700);
    expect(slower.p99Ratio).toBeGreaterThan(1.1);
  });
});

describe("containers", () => {
  it("keep module state until they are recycled", () => {
    let loaded = 0;
    const load = () => {
      loaded++;
      return () => Promise.resolve();
    };
    const containers = new Containers(load, seeded(1));
    for (let call = 0; call < 100; call++) containers.handler(assumed.start + call);
    expect(loaded).toBe(assumed.containers);
    for (let call = 0; call < 100; call++)
      containers.handler(assumed.start + assumed.containerIdleMs + 1_000 + call);
    expect(loaded).toBe(2 * assumed.containers);
  });

  it("share module state among the executions of one, and none with others", async () => {
    const counting = handwritten(
      'globalThis.count = (globalThis.count ?? 0) + 1; if (globalThis.count === 1) await post("first");',
    );
    const { within10s } = await metricsFor(counting, made(), 100);
    expect(within10s).toBe(assumed.containers / 100);
  });
});

describe("a cache", () => {
  const clock = new VirtualClock(0);
  it("that is off finds nothing and refuses writes", () => {
    const cache = cacheWith("off", clock, seeded(1));
    expect(cache.set("key", "value")).toMatchObject({ type: "error" });
    expect(cache.get("key")).toBeUndefined();
  });

  it("that loses half finds half", () => {
    const cache = cacheWith("loses-half", clock, seeded(1));
    let found = 0;
    for (let read = 0; read < 1_000; read++) {
      void cache.set("key", "value");
      if (cache.get("key")) found++;
    }
    expect(found).toBeGreaterThan(450);
    expect(found).toBeLessThan(550);
  });

  it("that is slow takes 300 ms an operation", async () => {
    const timed = new VirtualClock(0);
    const cache = cacheWith("slow", timed, seeded(1));
    let at = 0;
    void Promise.resolve(cache.set("key", "value")).then(() => (at = timed.now()));
    await timed.run();
    expect(at).toBe(300);
  });

  it("that hangs never settles", async () => {
    const cache = cacheWith("hangs", clock, seeded(1));
    const settled = Promise.resolve(cache.get("key")).then(() => "settled");
    expect(await Promise.race([settled, Promise.resolve("pending")])).toBe("pending");
  });
});

describe("the book of messages", () => {
  it("finds a message by recipient, and by code if there are several", () => {
    const random = seeded(1);
    const book = new MessageBook("phone");
    const at = { requestedAt: 0, recipient: "+12020000001" };
    const [one, two] = [0, 1].map((index) => newMessage({ index, ...at }, random));
    if (!one || !two) throw new Error("expected two messages");
    book.add(one);
    expect(book.find(`to=%2B12020000001`)).toBe(one);
    book.add(two);
    expect(book.find(`{"to":"12020000001","text":"${one.code} is your code"}`)).toBe(one);
    expect(book.find(`{"to":"12020000001","text":"${two.code} is your code"}`)).toBe(two);
    expect(book.find("to=%2B12029999999")).toBeUndefined();
    expect(book.of(one)).toEqual([one, two]);
  });
});
