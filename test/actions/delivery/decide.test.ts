import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeliveryState, Effort, Outcome } from "../../../actions/delivery/decide.ts";
import { apply, decide } from "../../../actions/delivery/decide.ts";

const effort: Effort = { calls: 8, callsEach: 4, holdUntil: 0 };
const deadline = 17_000;

const kind = fc.constantFrom<Outcome["kind"][]>(
  "accepted",
  "recipient_refused",
  "destination_refused",
  "account_fault",
  "adapter_error",
  "not_sent",
  "unknown",
);
const scene = fc.record({
  idempotent: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
  /** What each call comes to, in order, and after how many milliseconds. */
  turns: fc.array(fc.record({ kind, ms: fc.nat(20_000) }), { minLength: 1, maxLength: 12 }),
});

/** Follows the decisions to the end on a clock of its own; calls in the order of their start. */
function follow(
  idempotent: readonly boolean[],
  turns: readonly { kind: Outcome["kind"]; ms: number }[],
) {
  let now = 0;
  let state: DeliveryState = {
    deadline,
    steps: idempotent.map((one, index) => ({
      ...{ medium: "text", idempotent: one, patienceMs: 4_500, calls: 0, unknown: false },
      ...{ closed: "no", notBefore: index - 100 },
    })),
  };
  const calls: { readonly step: number; readonly before: DeliveryState }[] = [];
  let flying: { readonly step: number; readonly at: number; readonly kind: Outcome["kind"] }[] = [];
  for (let turn = 0; turn < 500; turn++) {
    const decision = decide(state, now, effort);
    if (decision.what === "end") return { outcome: decision.outcome, calls, now, state };
    if (decision.what === "call") {
      const { step } = decision;
      const next = turns[calls.length % turns.length] ?? { kind: "not_sent" as const, ms: 1 };
      calls.push({ step, before: state });
      flying.push({ step, at: now + next.ms, kind: next.kind });
      state = {
        ...state,
        steps: state.steps.map((one, index) =>
          index === step ? { ...one, calls: one.calls + 1, askedAt: now } : one,
        ),
      };
      continue;
    }
    const first = [...flying].sort((a, b) => a.at - b.at)[0];
    if (first && first.at <= decision.until) {
      now = first.at;
      flying = flying.filter((one) => one !== first);
      state = apply(state, { step: first.step, kind: first.kind, now, pauseMs: 250 });
    } else now = decision.until;
  }
  throw new Error("expected an end");
}

const holds = (
  check: (played: ReturnType<typeof follow>, drawn: { idempotent: boolean[] }) => void,
) => {
  fc.assert(
    fc.property(scene, ({ idempotent, turns }) => {
      check(follow(idempotent, turns), { idempotent });
    }),
    { numRuns: 500 },
  );
};

describe("whatever calls come to, in any order", () => {
  it("there is an end by the deadline, with a bounded number of calls", () => {
    holds(({ calls, now }) => {
      expect(now).toBeLessThanOrEqual(deadline);
      expect(calls.length).toBeLessThanOrEqual(effort.calls);
    });
  });

  it("a vendor without keys that may have the message is not asked again while another is left", () => {
    holds(({ calls }) => {
      for (const { step, before } of calls) {
        const asked = before.steps[step];
        if (!asked?.unknown || asked.idempotent) continue;
        const left = before.steps.filter(
          (one) => one.closed === "no" && !one.unknown && one.calls < effort.callsEach,
        );
        expect(left).toEqual([]);
      }
    });
  });

  it("no step has two calls on their way, and none that is closed is asked", () => {
    holds(({ calls }) => {
      for (const { step, before } of calls) {
        expect(before.steps[step]?.askedAt).toBeUndefined();
        expect(before.steps[step]?.closed).toBe("no");
        expect(before.ended).toBeUndefined();
      }
    });
  });

  it("every vendor is asked before one is asked again, but for a key's second try", () => {
    holds(({ calls }) => {
      for (const { step, before } of calls) {
        const asked = before.steps[step];
        if (!asked?.calls || asked.notBefore === -Infinity) continue;
        expect(before.steps.filter(({ calls: made, closed }) => !made && closed === "no")).toEqual(
          [],
        );
      }
    });
  });

  it("nothing but a refusal of the recipient rejects", () => {
    holds(({ outcome, state }) => {
      if (outcome === "rejected") expect(state.ended).toBe("rejected");
    });
  });
});
