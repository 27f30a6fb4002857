import { expect, it } from "vitest";
import type { Cache, Io } from "../../../actions/delivery/io.ts";
import { Memory } from "../../../actions/delivery/memory.ts";
import { ActionCache } from "../../../emulator/runtime/cache.ts";

/** A time, a cache and containers that share them. */
class Containers {
  now = 1_800_000_000_000;
  /** Operations of the cache, in order. */
  readonly operations: string[] = [];
  cache: Cache = new ActionCache(() => this.now);
  #names = 0;

  io(): Io {
    const name = (this.#names = (this.#names + 0.137) % 1);
    return {
      fetch: () => Promise.reject(new Error("expected no request")),
      cache: {
        get: (key) => {
          this.operations.push(`get ${key}`);
          return this.cache.get(key);
        },
        set: (key, value, options) => {
          this.operations.push(`set ${key}`);
          return this.cache.set(key, value, options);
        },
      },
      now: () => this.now,
      setTimeout: (call, ms) =>
        setTimeout(() => {
          this.now += ms;
          call();
        }, 0),
      clearTimeout: (timer) => {
        clearTimeout(timer as NodeJS.Timeout);
      },
      random: () => name,
    };
  }
}

const delivered = (at: number) => ({
  ...{ message: "a", recipient: "ada", seen: at - 500, at, transaction: "", step: 0 },
});

it("tells another container of vendors' states, deliveries and waiting messages", async () => {
  const all = new Containers();
  const [one, other] = [new Memory(), new Memory()];
  const [io, otherIo] = [all.io(), all.io()];
  await one.read(io);
  Object.assign(one.circuit("twilio"), {
    ...{ successes: 1.5, failures: 7.25, changedAt: all.now, openUntil: all.now + 60_000 },
    ...{ openings: 2, downSince: all.now - 5, blamed: "abcd" },
  });
  one.messages.noteDelivered(delivered(all.now));
  one.messages.noteWaiting("bbbb", { seen: all.now, unknown: [1] });
  await one.write(io, true);
  await other.read(otherIo);
  expect(other.circuit("twilio")).toEqual(one.circuit("twilio"));
  expect(other.messages.delivered("a")).toEqual(delivered(all.now));
  expect(other.messages.waiting("bbbb")).toEqual({ seen: all.now, unknown: [1] });
});

it("keeps its own word about a vendor if it is the newer one, and believes none of the future", async () => {
  const all = new Containers();
  const [one, other] = [new Memory(), new Memory()];
  const io = all.io();
  await one.read(io);
  Object.assign(one.circuit("old"), { failures: 5, changedAt: all.now - 10 });
  Object.assign(one.circuit("future"), { failures: 5, changedAt: all.now + 10 });
  await one.write(io, false);
  Object.assign(other.circuit("old"), { failures: 1, changedAt: all.now });
  await other.read(all.io());
  expect(other.circuit("old").failures).toBe(1);
  expect(other.circuit("future").failures).toBe(0);
});

it("writes once after a delivery, and waiting messages only after a failure", async () => {
  const all = new Containers();
  const memory = new Memory();
  const io = all.io();
  await memory.read(io);
  await memory.write(io, false);
  await memory.write(io, true);
  expect(all.operations).toEqual([
    ...["get memory", "get waiting"],
    "set memory",
    ...["set memory", "set waiting"],
  ]);
});

it("counts executions of other containers for 10 s", async () => {
  const all = new Containers();
  const [one, other] = [new Memory(), new Memory()];
  const io = all.io();
  await one.read(io);
  one.running = 8;
  await one.write(io, false);
  other.running = 2;
  await other.read(all.io());
  // The one that writes has ended.
  expect(other.executions(all.now)).toBe(2 + 7);
  expect(other.executions(all.now + 9_999)).toBe(2 + 7);
  expect(other.executions(all.now + 10_000)).toBe(2);
});

it("keeps deliveries and states within 2.1 kB", async () => {
  const all = new Containers();
  const memory = new Memory();
  const io = all.io();
  await memory.read(io);
  for (const vendor of ["twilio", "vonage-messages", "infobip", "telnyx", "sinch"])
    Object.assign(memory.circuit(vendor), {
      ...{ successes: 12.34, failures: 5.67, changedAt: all.now, openUntil: all.now },
      ...{ downSince: all.now, blamed: "abcd,efgh,ijkl" },
    });
  for (let number = 100; number < 300; number++)
    memory.messages.noteDelivered({
      ...delivered(all.now),
      ...{ message: `abcde${number}`, recipient: "abcdef", transaction: "abcd" },
    });
  await memory.write(io, false);
  const { value = "" } = (all.cache.get("memory") ?? {}) as { value?: string };
  expect(value.length).toBeGreaterThan(1_500);
  expect(Buffer.byteLength(value)).toBeLessThanOrEqual(2_130);
});

it("learns nothing from an entry that it did not write, and works on", async () => {
  for (const value of ["nonsense", "[]", "null", '{"v":{"twilio":null}}', '{"d":7}']) {
    const all = new Containers();
    const memory = new Memory();
    const io = all.io();
    all.cache.set("memory", value, { ttl: 60_000 });
    await memory.read(io);
    expect(memory.circuit("twilio").failures).toBe(0);
    await memory.write(io, true);
  }
});

it("leaves a cache alone for 30 s after it did not answer in time", async () => {
  const all = new Containers();
  const memory = new Memory();
  const io = all.io();
  all.cache = { get: () => new Promise(() => undefined), set: () => undefined };
  await memory.read(io);
  all.operations.length = 0;
  await memory.write(io, true);
  await memory.read(io);
  expect(all.operations).toEqual([]);
  all.now += 30_001;
  await memory.write(io, false);
  expect(all.operations).toEqual(["set memory"]);
});
