import { describe, expect, it } from "vitest";
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
    const { asked } = await world.deliver([a, b, c], {});
    expect(asked).toEqual(["a", "b", "c"]);
  });

  it("asks a vendor that is known to be down last", async () => {
    const world = new World({ a: [unavailable], b: [accepts] });
    for (let count = 0; count < 3; count++)
      await world.deliver([a, b], {}, { content: String(count) });
    const { asked } = await world.deliver([a, b], {}, { content: "x" });
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
    expect(asked.length).toBeGreaterThan(2);
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
    expect(report.attempts).toBe(1);
    const alone = await world.deliver([broken], { deadlineMs: 900 }, { content: "f" });
    expect(alone.report).toMatchObject({ otp: "failed", vendor: "a", status: "adapter_error" });
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

describe("unknown outcomes", () => {
  const reset: Turn = { fails: "ECONNRESET" };
  const unreadable: Turn = { kind: "unknown" };

  it.each([["reset", reset] as const, ["answer that cannot be read", unreadable] as const])(
    "asks again at once with the same key after a %s where the vendor knows keys",
    async (_name, turn) => {
      const world = new World({ a: [turn, accepts], b: [accepts] });
      const { asked, calls } = await world.deliver([keyed("a"), b]);
      expect(asked).toEqual(["a", "a"]);
      expect(calls[1]?.key).toBe(calls[0]?.key);
    },
  );

  it("asks the next vendor where it stays unknown", async () => {
    const world = new World({ a: [reset], b: [accepts] });
    expect((await world.deliver([keyed("a"), b])).asked).toEqual(["a", "a", "b"]);
  });

  it("asks no vendor without keys again while another is left", async () => {
    const world = new World({ a: [reset, accepts], b: [unavailable, unavailable, accepts] });
    expect((await world.deliver([a, b])).asked).toEqual(["a", "b", "b", "b"]);
  });

  it.each<[string, Turn]>([
    ["a name that is not found", { fails: "ENOTFOUND" }],
    ["a refused connection", { fails: "ECONNREFUSED" }],
    ["a plain failure", unavailable],
  ])("does not ask at once again after %s: nothing was taken", async (_name, turn) => {
    const world = new World({ a: [turn, accepts], b: [accepts] });
    expect((await world.deliver([keyed("a"), b])).asked).toEqual(["a", "b"]);
  });

  it("waits for the call that is on its way where the others cannot take it", async () => {
    const world = new World({ a: [{ ...accepts, ms: 9_000 }], b: [misconfigured] });
    const { asked, outcome, ms } = await world.deliver([a, b]);
    expect({ asked, outcome, ms }).toEqual({ asked: ["a", "b"], outcome: "accepted", ms: 9_000 });
  });
});

describe("another request of the same recipient", () => {
  it.each([
    ["next-vendor", ["b"]],
    ["same", ["a"]],
  ] as const)("starts with the %s", async (resend, expected) => {
    const world = new World({ a: [accepts], b: [accepts] });
    await world.deliver([a, b], { resend }, { content: "1", recipient: "r" });
    await world.pass(30_000);
    const { asked } = await world.deliver([a, b], { resend }, { content: "2", recipient: "r" });
    expect(asked).toEqual(expected);
  });

  it("starts anew when the last code has died, and for others", async () => {
    const world = new World({ a: [accepts], b: [accepts] });
    await world.deliver([a, b], {}, { content: "1", recipient: "r" });
    expect((await world.deliver([a, b], {}, { content: "3", recipient: "s" })).asked).toEqual([
      "a",
    ]);
    await world.pass(180_000);
    expect((await world.deliver([a, b], {}, { content: "2", recipient: "r" })).asked).toEqual([
      "a",
    ]);
  });

  it("drops an older code that is retried after a newer one was delivered", async () => {
    const world = new World({ a: [unavailable, unavailable, accepts] });
    const old = { content: "1", recipient: "r" };
    expect((await world.deliver([a], { deadlineMs: 1_200 }, old)).outcome).toBe("failed");
    await world.pass(5_000);
    const newer = await world.deliver([a], {}, { content: "2", recipient: "r" });
    expect(newer.outcome).toBe("accepted");
    const retried = await world.deliver([a], {}, old);
    expect(retried).toMatchObject({ outcome: "superseded", calls: [] });
  });
});
