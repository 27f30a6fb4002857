import { describe, expect, it } from "vitest";
import type { CircuitEvent } from "../../../actions/delivery/circuit-breaker.ts";
import {
  isDown,
  isOpen,
  isUnwell,
  needsProbe,
  newCircuit,
  noteResult,
} from "../../../actions/delivery/circuit-breaker.ts";

const began = 1_800_000_000_000;

/** A circuit after some events, half a second apart, each by another recipient. */
function after(events: readonly CircuitEvent[], recipient?: string) {
  const circuit = newCircuit();
  let now = began;
  events.forEach((event, index) => {
    now += 500;
    noteResult(circuit, event, { now, recipient: recipient ?? String(index), random: 0.5 });
  });
  return { circuit, now };
}
const times = (event: CircuitEvent, count: number) => Array<CircuitEvent>(count).fill(event);

describe("a circuit breaker", () => {
  it("opens on a rate, whatever succeeds in between", () => {
    const mixed = Array.from({ length: 6 }, (): CircuitEvent[] => ["accepted", "not_sent"]).flat();
    const { circuit, now } = after([...times("accepted", 20), ...mixed, ...mixed]);
    expect(isOpen(circuit, now)).toBe(true);
  });

  it("stays closed after one failure among many successes, but trusts the vendor less", () => {
    const { circuit, now } = after([...times("accepted", 20), "silent"]);
    expect(isOpen(circuit, now)).toBe(false);
    expect(isUnwell(circuit, now)).toBe(true);
  });

  it("never counts a destination that is refused", () => {
    const { circuit, now } = after(times("destination_refused", 50));
    expect(isOpen(circuit, now) || isUnwell(circuit, now)).toBe(false);
  });

  it("counts what may be one recipient's fault once", () => {
    const well = times("accepted", 10);
    const { circuit, now } = after([...well, ...times("unknown", 10)], "same");
    expect(isOpen(circuit, now)).toBe(false);
    expect(isOpen(after([...well, ...times("unknown", 10)]).circuit, now)).toBe(true);
  });

  it("rests for 1, 2, 4, 8 and again 8 minutes, and is closed by a probe that is answered", () => {
    const { circuit } = after(["silent"]);
    for (const minutes of [1, 2, 4, 8, 8]) {
      const from = circuit.changedAt;
      expect(circuit.openUntil - from).toBe(minutes * 60_000);
      const now = circuit.openUntil;
      expect(needsProbe(circuit, now)).toBe(true);
      noteResult(circuit, "silent", { now, recipient: String(now), random: 0.5 });
    }
    const now = circuit.openUntil;
    noteResult(circuit, "accepted", { now, recipient: "x", random: 0.5 });
    expect(isOpen(circuit, now) || needsProbe(circuit, now)).toBe(false);
  });

  it("is down only after several failures without a success", () => {
    expect(isDown(after(["not_sent"]).circuit)).toBe(false);
    expect(isDown(after(times("not_sent", 4)).circuit)).toBe(true);
    expect(isDown(after([...times("not_sent", 4), "accepted"]).circuit)).toBe(false);
  });
});
