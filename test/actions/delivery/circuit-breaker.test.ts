import { beforeEach, describe, expect, it } from "vitest";
import { circuitBreaker } from "../../../actions/delivery/circuit-breaker.ts";
import { World } from "./world.ts";

let world: World;
beforeEach(() => {
  world = new World();
});

const order = async (start = 0, ids = ["a", "b"]) =>
  (
    await circuitBreaker.ordered(
      world.io,
      ids.map((id) => ({ id })),
      start,
    )
  )
    .map(({ id }) => id)
    .join("");

/** A call that ends after some milliseconds; no answer comes where it takes for ever. */
async function call(id: string, kind: string, ms = 100) {
  await circuitBreaker.onStart(world.io, id);
  await world.pass(Math.min(ms, 100));
  await circuitBreaker.onResult(world.io, id, ms, kind);
}

describe("ordered", () => {
  it.each([
    [0, "abc"],
    [1, "bca"],
    [2, "cab"],
    [7, "abc"],
  ])("begins with step %i and goes round", async (start, expected) => {
    expect(await order(start, ["a", "b", "c"])).toBe(expected);
  });

  it("passes over a vendor that failed three times in a row, for a minute", async () => {
    await call("a", "not_sent");
    await call("a", "not_sent");
    expect(await order()).toBe("ab");
    await call("a", "not_sent");
    expect(await order()).toBe("ba");
    await world.pass(59_000);
    expect(await order()).toBe("ba");
    await world.pass(1_000);
    expect(await order()).toBe("ab");
  });

  it.each(["accepted", "recipient_refused"])(
    "forgets failures with one that was %s",
    async (kind) => {
      await call("a", "not_sent");
      await call("a", "not_sent");
      await call("a", kind);
      await call("a", "not_sent");
      await call("a", "not_sent");
      expect(await order()).toBe("ab");
    },
  );

  it("passes over a misconfigured vendor at once", async () => {
    await call("a", "account_fault");
    expect(await order()).toBe("ba");
  });

  it("keeps the order among vendors that are down", async () => {
    await call("a", "account_fault");
    await call("b", "account_fault");
    expect(await order(0, ["a", "b", "c"])).toBe("cab");
  });

  it("counts an acceptance that takes two seconds as a failure", async () => {
    for (let count = 0; count < 3; count++) await call("a", "accepted", 2_000);
    expect(await order()).toBe("ba");
  });

  it("does not count one that takes less", async () => {
    for (let count = 0; count < 3; count++) await call("a", "accepted", 1_999);
    expect(await order()).toBe("ab");
  });

  it("lets one call at a time probe a vendor after its rest", async () => {
    await call("a", "account_fault");
    await world.pass(60_000);
    expect(await order()).toBe("ab");
    await circuitBreaker.onStart(world.io, "a");
    expect(await order()).toBe("ba");
  });

  it("believes that somebody probes for seven seconds, since who does may have died", async () => {
    await call("a", "account_fault");
    await world.pass(60_000);
    await circuitBreaker.onStart(world.io, "a");
    await world.pass(6_999);
    expect(await order()).toBe("ba");
    await world.pass(1);
    expect(await order()).toBe("ab");
  });

  it("uses a vendor again after a probe that went well", async () => {
    await call("a", "account_fault");
    await world.pass(60_000);
    await call("a", "accepted");
    expect(await order()).toBe("ab");
  });

  it("lets a vendor rest again after a probe that failed", async () => {
    await call("a", "account_fault");
    await world.pass(60_000);
    await call("a", "not_sent");
    expect(await order()).toBe("ba");
    await world.pass(59_999);
    expect(await order()).toBe("ba");
  });

  it("takes a vendor that answers nobody for 1.5 s to hang, before any call has failed", async () => {
    await circuitBreaker.onStart(world.io, "a");
    await world.pass(1_500);
    expect(await order()).toBe("ab");
    await world.pass(1);
    expect(await order()).toBe("ba");
  });

  it("believes so for seven seconds", async () => {
    await circuitBreaker.onStart(world.io, "a");
    await world.pass(6_999);
    expect(await order()).toBe("ba");
    await world.pass(1);
    expect(await order()).toBe("ab");
  });

  it("counts the silence from the first who waits, not from the last", async () => {
    await circuitBreaker.onStart(world.io, "a");
    await world.pass(1_000);
    await circuitBreaker.onStart(world.io, "a");
    await world.pass(501);
    expect(await order()).toBe("ba");
  });

  it("ends the silence with any prompt answer, a failure too", async () => {
    await circuitBreaker.onStart(world.io, "a");
    await call("a", "not_sent");
    await world.pass(2_000);
    expect(await order()).toBe("ab");
  });

  it("does not end the silence with a call that got no answer", async () => {
    await circuitBreaker.onStart(world.io, "a");
    await call("a", "not_sent", Infinity);
    await world.pass(1_600);
    expect(await order()).toBe("ba");
  });

  it("knows nothing where the cache holds nothing of ours", async () => {
    world.cache = { get: () => ({ value: "[1, null]" }), set: () => undefined };
    expect(await order()).toBe("ab");
    await call("a", "not_sent");
  });
});
