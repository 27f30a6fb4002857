import { describe, expect, it } from "vitest";
import { circuitBreaker } from "../../../actions/delivery/circuit-breaker.ts";
import type { Turn } from "./world.ts";
import {
  World,
  accepts,
  hangs,
  misconfigured,
  rejects,
  step,
  unavailable,
  vendor,
} from "./world.ts";

const keyed = (id: string) => step(id, { vendor: vendor(id, { idempotent: true }) });
const a = step("a");
const b = step("b");
const c = step("c");

describe("order", () => {
  it("asks the first vendor and no other where it accepts", async () => {
    const world = new World({ a: [accepts], b: [accepts] });
    const { outcome, asked, report, ms } = await world.deliver([a, b]);
    expect({ outcome, asked, ms }).toEqual({ outcome: "accepted", asked: ["a"], ms: 100 });
    expect(report).toMatchObject({ otp: "accepted", vendor: "a", status: 202, attempts: 1 });
  });

  it("keeps the order for as long as nothing is known of the vendors", async () => {
    const world = new World({ a: [unavailable], b: [unavailable], c: [accepts] });
    const { asked } = await world.deliver([a, b, c], { circuitBreaker });
    expect(asked).toEqual(["a", "b", "c"]);
  });

  it("asks a vendor that is known to be down last", async () => {
    const world = new World({ a: [unavailable], b: [accepts] });
    for (let count = 0; count < 3; count++)
      await world.deliver([a, b], { circuitBreaker }, { key: String(count).repeat(32) });
    const { asked } = await world.deliver([a, b], { circuitBreaker });
    expect(asked).toEqual(["b"]);
  });
});

describe("verdicts", () => {
  it.each<[name: string, turn: Turn, asked: string[], outcome: string]>([
    ["accepted: done", accepts, ["a"], "accepted"],
    ["rejected: no other vendor", rejects, ["a"], "rejected"],
    ["misconfigured: the next", misconfigured, ["a", "b"], "accepted"],
    ["unavailable: the next", unavailable, ["a", "b"], "accepted"],
    ["a name that is not found: the next", { fails: "ENOTFOUND" }, ["a", "b"], "accepted"],
    ["a reset: the next", { fails: "ECONNRESET" }, ["a", "b"], "accepted"],
    ["no answer: the next", hangs, ["a", "b"], "accepted"],
  ])("%s", async (_name, turn, expected, outcome) => {
    const delivered = await new World({ a: [turn], b: [accepts] }).deliver([a, b]);
    expect(delivered.asked).toEqual(expected);
    expect(delivered.outcome).toBe(outcome);
  });

  it("says which vendors are misconfigured, also where another one accepts", async () => {
    const world = new World({ a: [misconfigured], b: [misconfigured], c: [accepts] });
    const { outcome, report } = await world.deliver([a, b, c]);
    expect(outcome).toBe("accepted");
    expect(report.config).toEqual(["a", "b"]);
  });

  it("names none where all is configured well", async () => {
    const { report } = await new World({ a: [unavailable], b: [accepts] }).deliver([a, b]);
    expect(report.config).toBeUndefined();
  });

  it("asks a misconfigured vendor once an execution", async () => {
    const world = new World({ a: [misconfigured], b: [unavailable] });
    const { asked, outcome } = await world.deliver([a, b]);
    expect(outcome).toBe("failed");
    expect(asked.filter((id) => id === "a")).toHaveLength(1);
    expect(asked.length).toBeGreaterThan(3);
  });

  it("ends at once, to be tried again, where all vendors are misconfigured", async () => {
    const world = new World({ a: [misconfigured], b: [misconfigured] });
    const { outcome, ms, report } = await world.deliver([a, b]);
    expect({ outcome, ms }).toEqual({ outcome: "failed", ms: 200 });
    expect(report.config).toEqual(["a", "b"]);
  });

  it("moves to the next channel where only this one is closed to the recipient", async () => {
    const notThere: Turn = { kind: "recipient_refused", otherMedium: true };
    const whatsapp = (id: string) => step(id, { medium: "whatsapp" });
    const world = new World({ a: [notThere], b: [accepts], c: [accepts] });
    const { asked, outcome } = await world.deliver([whatsapp("a"), whatsapp("b"), c]);
    expect({ asked, outcome }).toEqual({ asked: ["a", "c"], outcome: "accepted" });
  });

  it("goes round no refusal by another channel", async () => {
    const world = new World({ a: [rejects], b: [accepts] });
    const { asked, outcome } = await world.deliver([step("a", { medium: "whatsapp" }), b]);
    expect({ asked, outcome }).toEqual({ asked: ["a"], outcome: "rejected" });
  });

  it("is rejected where every channel is closed to the recipient", async () => {
    const notThere: Turn = { kind: "recipient_refused", otherMedium: true };
    const { outcome, asked } = await new World({ a: [notThere] }).deliver([a]);
    expect({ outcome, asked }).toEqual({ outcome: "rejected", asked: ["a"] });
  });

  it("is tried again where one channel is closed and the other one misconfigured", async () => {
    const notThere: Turn = { kind: "recipient_refused", otherMedium: true };
    const world = new World({ a: [notThere], b: [misconfigured] });
    const { outcome } = await world.deliver([step("a", { medium: "whatsapp" }), b]);
    expect(outcome).toBe("failed");
  });

  it.each<[name: string, turn: Turn, more: object]>([
    ["a status and the vendor's code", rejects, { status: 400, code: "21610" }],
    ["the network's error", { fails: "ENOTFOUND" }, { status: "ENOTFOUND", code: undefined }],
    ["a timeout", hangs, { status: "timeout", code: undefined }],
  ])("reports %s", async (_name, turn, more) => {
    const { report } = await new World({ a: [turn] }).deliver([a], { deadlineMs: 1_500 });
    expect(report).toMatchObject({ vendor: "a", ...more });
  });

  it("reports no code that quotes recipient, passcode or secret", async () => {
    const world = new World({ a: [{ kind: "recipient_refused", code: "sk_live_51" }] });
    const hidden = { hidden: ["+4915112345678"], secrets: { KEY: "sk_live_51" } };
    const { report } = await world.deliver([a], {}, hidden);
    expect(report.code).toBeUndefined();
  });

  it("takes a vendor whose code trips over a message for one that cannot", async () => {
    const request = () => {
      throw new Error("no such template");
    };
    const world = new World({ b: [accepts] });
    const broken = step("a", { vendor: vendor("a", { request }) });
    const { asked, outcome, report } = await world.deliver([broken, b]);
    expect({ asked, outcome }).toEqual({ asked: ["b"], outcome: "accepted" });
    expect(report.attempts).toBe(2);
    const alone = await world.deliver([broken], { deadlineMs: 900 }, { key: "f".repeat(32) });
    expect(alone.report).toMatchObject({ otp: "failed", vendor: "a", status: "request" });
  });

  it("counts such a vendor's failures like any other's", async () => {
    const request = () => {
      throw new Error("no such template");
    };
    const broken = step("a", { vendor: vendor("a", { request }) });
    const world = new World({ b: [accepts] });
    for (const key of ["1", "2", "3"])
      await world.deliver([broken, b], { circuitBreaker }, { key: key.repeat(32) });
    const { report } = await world.deliver([broken, b], { circuitBreaker });
    expect(report.attempts).toBe(1);
  });

  it("takes a vendor whose code trips over an answer for one that cannot", async () => {
    const verdict = () => {
      throw new Error("no such field");
    };
    const world = new World({ a: [accepts], b: [accepts] });
    const broken = step("a", { vendor: vendor("a", { verdict }) });
    expect((await world.deliver([broken, b])).asked).toEqual(["a", "b"]);
  });
});

describe("ambiguous answers", () => {
  it.each([["timeout", hangs] as const, ["reset", { fails: "ECONNRESET" }] as const])(
    "asks again with the same key after a %s where the vendor knows keys",
    async (_name, turn) => {
      const world = new World({ a: [turn, accepts], b: [accepts] });
      const { asked, calls } = await world.deliver([keyed("a"), b]);
      expect(asked).toEqual(["a", "a"]);
      expect(calls[1]?.key).toBe(calls[0]?.key);
    },
  );

  it("takes a second for it, since the next vendor waits", async () => {
    const { calls } = await new World({ a: [hangs], b: [accepts] }).deliver([keyed("a"), b]);
    expect(calls.map(({ at }) => at)).toEqual([0, 5_000, 6_000]);
  });

  it("asks the next vendor where it stays ambiguous", async () => {
    const world = new World({ a: [hangs], b: [accepts] });
    expect((await world.deliver([keyed("a"), b])).asked).toEqual(["a", "a", "b"]);
  });

  it.each<[string, Turn]>([
    ["a name that is not found", { fails: "ENOTFOUND" }],
    ["a refused connection", { fails: "ECONNREFUSED" }],
    ["a plain failure", unavailable],
  ])("does not ask again after %s: nothing was taken", async (_name, turn) => {
    const world = new World({ a: [turn, accepts], b: [accepts] });
    expect((await world.deliver([keyed("a"), b])).asked).toEqual(["a", "b"]);
  });

  it("does not ask again where the vendors that are left would lose their time", async () => {
    const world = new World({ a: [hangs], b: [unavailable] });
    const { asked } = await world.deliver([keyed("a"), b], { deadlineMs: 8_500 });
    expect(asked.slice(0, 2)).toEqual(["a", "b"]);
  });
});
