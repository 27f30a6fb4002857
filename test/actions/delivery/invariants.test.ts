import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Turn } from "./world.ts";
import { World, step, vendor } from "./world.ts";

const ids = ["a", "b", "c", "d"] as const;
const ms = fc.oneof(fc.nat(1_500), fc.nat(100_000));
const retryAfter = fc.oneof(fc.nat(30).map(String), fc.constantFrom("x", "-1", "1e9"));
const code = fc.constantFrom(
  "21211",
  "987654",
  "code:987654",
  "+4915112345678",
  "hush-hush",
  "x y",
);
const turn: fc.Arbitrary<Turn> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record(
        {
          kind: fc.constantFrom("not_sent" as const, "account_fault" as const),
          ms,
          retryAfter,
          code,
        },
        { requiredKeys: ["kind"] },
      )
      .map((one): Turn => one),
  },
  fc.record({ kind: fc.constantFrom("accepted" as const, "recipient_refused" as const), ms, code }),
  fc.record({
    kind: fc.constant("recipient_refused" as const),
    otherMedium: fc.constant(true as const),
  }),
  fc.record({ fails: fc.constantFrom("ENOTFOUND", "ECONNRESET", "EPIPE"), ms }),
  fc.constant({ hangs: true as const }),
);
const scripts = fc.tuple(...ids.map(() => fc.array(turn, { minLength: 1, maxLength: 4 })));
const traits = fc.tuple(
  ...ids.map(() => fc.record({ idempotent: fc.boolean(), text: fc.boolean() })),
);

const hidden = ["+4915112345678", "987654"];
const secrets = { API_KEY: "hush-hush" };

interface Scene {
  readonly scripts: Turn[][];
  readonly traits: { readonly idempotent: boolean; readonly text: boolean }[];
  readonly count: number;
  readonly deadlineMs: number;
  readonly lifetimeMs: number;
  readonly expires: boolean;
  readonly pauses: number[];
}
const scene: fc.Arbitrary<Scene> = fc.record({
  scripts,
  traits,
  count: fc.integer({ min: 1, max: 4 }),
  deadlineMs: fc.integer({ min: 5_000, max: 18_000 }),
  lifetimeMs: fc.integer({ min: 1_000, max: 300_000 }),
  expires: fc.boolean(),
  pauses: fc.array(fc.nat(120_000), { maxLength: 3 }),
});

/** Up to four executions of one message, as Auth0 would run them. */
async function play({ count, deadlineMs, lifetimeMs, expires, pauses, ...drawn }: Scene) {
  const world = new World(
    Object.fromEntries(ids.map((id, index) => [id, drawn.scripts[index] ?? []])),
  );
  const steps = ids.slice(0, count).map((id, index) => {
    const { idempotent = false, text = true } = drawn.traits[index] ?? {};
    return step(id, { vendor: vendor(id, { idempotent }), medium: text ? "text" : "whatsapp" });
  });
  const config = { deadlineMs, lifetimeMs, ...(count > 1 && {}) };
  const executions = [];
  for (const pause of [0, ...pauses]) {
    await world.pass(pause);
    const delivered = await world.deliver(steps, config, {
      ...{ expires, hidden, secrets, transaction: "t" },
    });
    executions.push(delivered);
    if (delivered.outcome !== "failed") break;
  }
  return { world, executions };
}

const holds = (check: (scene: Scene, played: Awaited<ReturnType<typeof play>>) => void) =>
  fc.assert(
    fc.asyncProperty(scene, async (drawn) => {
      check(drawn, await play(drawn));
    }),
    { numRuns: 150 },
  );

describe("whatever vendors do, in any order", () => {
  it("an execution ends with an outcome before its deadline, every call aborted by then", () =>
    holds(({ deadlineMs }, { executions }) => {
      for (const { outcome, ms: took } of executions) {
        expect(["accepted", "repeated", "rejected", "expired", "failed"]).toContain(outcome);
        expect(took).toBeLessThanOrEqual(deadlineMs);
      }
    }));

  it("nothing more is asked after an acceptance or a rejection", () =>
    holds(({ scripts: turns }, { executions }) => {
      for (const { outcome, asked } of executions) {
        // With a call on its way the next vendor may be asked: either may have accepted.
        const accepting = (id: string) =>
          turns[ids.indexOf(id as "a")]?.some((one) => "kind" in one && one.kind === "accepted");
        if (outcome === "accepted") expect(asked.some(accepting)).toBe(true);
        if (outcome === "expired" || outcome === "repeated") expect(asked).toEqual([]);
      }
      const ended = executions.filter(({ outcome }) => outcome !== "failed");
      expect(ended.length).toBeLessThanOrEqual(1);
    }));

  it("vendors are asked a bounded number of times", () =>
    holds(({ count }, { executions }) => {
      const most = Math.min(8, count * 4);
      for (const { asked, report } of executions) {
        expect(asked.length).toBeLessThanOrEqual(most);
        expect(report.attempts).toBe(asked.length);
      }
    }));

  it("no vendor is asked to send a code that is dead", () =>
    holds(({ lifetimeMs, expires }, { world }) => {
      if (expires)
        for (const { at } of world.calls) {
          const first = world.calls[0]?.at ?? 0;
          expect(at - first).toBeLessThan(lifetimeMs);
        }
    }));

  it("every call carries the same key", () =>
    holds((_, { world }) => {
      expect(new Set(world.calls.map(({ key }) => key)).size).toBeLessThanOrEqual(1);
    }));

  it("nothing that is reported quotes recipient, code or secret", () =>
    holds((_, { executions }) => {
      for (const { report } of executions)
        expect(JSON.stringify(report)).not.toMatch(/987654|49151|hush/);
    }));

  it("a message that was delivered is not sent again", async () => {
    await fc.assert(
      fc.asyncProperty(scene, fc.nat(100_000), async (drawn, pause) => {
        const { world, executions } = await play({ ...drawn, lifetimeMs: 300_000 });
        fc.pre(executions.at(-1)?.outcome === "accepted");
        await world.pass(pause);
        const again = await world.deliver(
          [step("a")],
          { lifetimeMs: 300_000 },
          { transaction: "t", expires: drawn.expires },
        );
        expect(again).toMatchObject({ outcome: "repeated", calls: [] });
      }),
      { numRuns: 100 },
    );
  });
});
