import { beforeEach, describe, expect, it } from "vitest";
import { recall, remember } from "../../../actions/delivery/io.ts";
import { note, noted } from "../../../actions/delivery/sent-messages.ts";
import { ActionCache, cacheLimits } from "../../../emulator/runtime/cache.ts";
import { World } from "./world.ts";

let world: World;
beforeEach(() => {
  world = new World();
});
/** Keys that differ in their first digits, as those of messages do. */
const key = (number: number) => number.toString(16).padStart(12, "0").padEnd(32, "f");

describe("notes", () => {
  it("are found by key and kind", async () => {
    await note(world.io, "late", key(1), [world.began, 2]);
    expect(await noted(world.io, "late", key(1))).toEqual([world.began, 2]);
    expect(await noted(world.io, "late", key(2))).toBeUndefined();
    expect(await noted(world.io, "sent", key(1))).toBeUndefined();
  });

  it("take the place of an earlier one of the same message", async () => {
    await note(world.io, "late", key(1), [world.began, 1]);
    await note(world.io, "late", key(1), [world.began, 12]);
    expect(await noted(world.io, "late", key(1))).toEqual([world.began, 12]);
  });

  it("tell messages apart by twelve digits of their keys", async () => {
    await note(world.io, "sent", `${"0".repeat(11)}1`, [world.began, 0]);
    expect(await noted(world.io, "sent", `${"0".repeat(11)}2`)).toBeUndefined();
  });

  it("are kept through all of Auth0's retries, and no longer", async () => {
    await note(world.io, "late", key(1), [world.began, 1]);
    await world.pass(15 * 60_000 - 1);
    expect(await noted(world.io, "late", key(1))).toEqual([world.began, 1]);
    await note(world.io, "late", key(2), [world.clock.now(), 0]);
    await world.pass(1);
    await note(world.io, "late", key(3), [world.clock.now(), 0]);
    expect(await noted(world.io, "late", key(1))).toBeUndefined();
    expect(await noted(world.io, "late", key(2))).toBeDefined();
  });

  it("forget what was sent first, and never what is late first", async () => {
    for (let number = 0; number < 300; number++)
      for (const kind of ["sent", "late"] as const)
        await note(world.io, kind, key(number), [world.clock.now(), 0]);
    expect(await noted(world.io, "sent", key(299))).toBeDefined();
    expect(await noted(world.io, "sent", key(260))).toBeDefined();
    expect(await noted(world.io, "sent", key(259))).toBeUndefined();
    expect(await noted(world.io, "late", key(0))).toBeDefined();
    expect(await noted(world.io, "late", key(99))).toBeDefined();
    expect(await noted(world.io, "late", key(100))).toBeUndefined();
  });

  it("stay within the limits of Auth0's cache, with room for circuitBreaker and a token", async () => {
    const cache = new ActionCache(() => world.clock.now());
    world.cache = cache;
    for (let number = 0; number < 300; number++)
      for (const kind of ["sent", "late"] as const)
        await note(world.io, kind, key(number), [world.clock.now(), 11]);
    const sizes = cache.entries().map(([name, { value }]) => name.length + value.length);
    expect(Math.max(...sizes)).toBeLessThan(cacheLimits.valueBytes);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4_200);
  });
});

describe("the cache", () => {
  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["no JSON", { value: "{" }],
    ["JSON that is no object", { value: "7" }],
    ["null", { value: "null" }],
    ["no value", {}],
    ["notes that are no text", { value: '{"notes":7}' }],
  ])("may hold %s", async (_name, entry) => {
    world.cache = { get: () => entry, set: () => undefined };
    expect(await noted(world.io, "sent", key(1))).toBeUndefined();
    await note(world.io, "sent", key(1), [0, 0]);
  });

  it("may throw, now or later", async () => {
    const fail = () => {
      throw new Error();
    };
    world.cache = { get: fail, set: fail };
    expect(await recall(world.io, "x")).toEqual({});
    await remember(world.io, "x", {}, 1);
    world.cache = {
      get: () => Promise.reject(new Error()),
      set: () => Promise.reject(new Error()),
    };
    expect(await recall(world.io, "x")).toEqual({});
    await remember(world.io, "x", {}, 1);
  });

  it("may be asynchronous", async () => {
    world.cache = { get: () => Promise.resolve({ value: '{"a":1}' }), set: () => undefined };
    expect(await recall(world.io, "x")).toEqual({ a: 1 });
  });

  it("keeps a value for as long as it is told to", async () => {
    await remember(world.io, "x", { a: 1 }, 1_000);
    await world.pass(999);
    expect(await recall(world.io, "x")).toEqual({ a: 1 });
    await world.pass(1);
    expect(await recall(world.io, "x")).toEqual({});
  });
});
