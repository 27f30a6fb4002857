import { isDown, isOpen, isUnwell, needsProbe, noteResult } from "./circuit-breaker.ts";
import type { CircuitEvent } from "./circuit-breaker.ts";
import { callVendor } from "./call-vendor.ts";
import type { DeliveryState, StepState } from "./decide.ts";
import { apply, decide } from "./decide.ts";
import type { Answer } from "./http.ts";
import type { Io } from "./io.ts";
import type { CallResult, Job } from "./job.ts";
import type { CallsInFlight, Memory } from "./memory.ts";
import type { DeliveryOutcome, Report } from "./report.ts";
import { plainCode } from "./report.ts";
import { effortOf } from "./saturation.ts";
import { unitMs } from "./sent-messages.ts";

/**
 * How long a vendor may be silent before the next one is asked as well, in milliseconds: far beyond
 * a healthy vendor's slowest answers while it is well, short after it failed, shorter for a probe.
 */
const patienceMs = { avoid: 4_500, tolerate: 2_000, unwell: 1_800, probe: 1_250 };
/** Kept for each vendor that was not asked yet. */
const fallbackReserveMs = 2_000;
/** How often an execution that waits looks whether a vendor is back, in milliseconds. */
const lookMs = 700;

/** `Retry-After` in milliseconds: seconds or a date. */
function retryAfter({ headers }: Answer, now: number): number {
  const value = headers?.["retry-after"] ?? "0";
  return Math.max(0, Number(value) * 1000 || Date.parse(value) - now || 0);
}

/** A call ended without an answer. */
function leave(calls: CallsInFlight): void {
  calls.unanswered = Math.max(0, calls.unanswered - 1);
  if (!calls.unanswered) calls.silentSince = 0;
}

/**
 * Delivers one message: does what {@link decide} says until it says to end.
 *
 * @param report - takes what happened
 * @returns the outcome; throws for nothing that a vendor or the cache does
 */
export async function deliver<M>(
  io: Io,
  memory: Memory,
  job: Job<M>,
  report: Report,
): Promise<DeliveryOutcome> {
  const { config, began, firstSeen, id, recipient } = job;
  const { messages } = memory;
  const dies = job.expires ? firstSeen + config.lifetimeMs : Infinity;
  if (began >= dies) return "expired";
  const hidden = [...job.hidden, ...Object.values(job.secrets)].filter(Boolean);
  const before = messages.waiting(id)?.unknown ?? [];
  const deadline = Math.min(began + config.deadlineMs, dies);
  const { alternatives } = config;
  const listed = job.steps.map((step) => ({ step, place: config.steps.indexOf(step) }));
  const placed = alternatives?.order(listed, memory, job, io.now()) ?? listed;
  const stepAt = (index: number) => {
    const one = placed[index];
    if (!one) throw new Error(`expected fewer than ${placed.length} steps, got ${index}`);
    return one;
  };
  const drawn = io.random();
  const calls = new Map<number, AbortController>();
  /** Steps whose silence was counted already. */
  const silences = new Set<number>();
  const results: { readonly index: number; readonly result: CallResult; readonly at: number }[] =
    [];
  let wake: () => void = () => undefined;

  let state: DeliveryState = {
    deadline,
    steps: placed.map(({ step, place }, index) => ({
      medium: step.medium,
      idempotent: step.vendor.idempotent,
      patienceMs: step.timeoutMs,
      calls: 0,
      unknown: before.includes(place) && !step.vendor.idempotent,
      closed: "no",
      notBefore: index,
    })),
  };
  const update = (index: number, to: Partial<StepState>) => {
    const steps = state.steps.map((step, other) => (other === index ? { ...step, ...to } : step));
    state = { ...state, steps };
  };
  const count = (vendor: string, event: CircuitEvent, retryAfterMs = 0) => {
    const about = { now: io.now(), recipient: id.slice(0, 4), random: io.random(), retryAfterMs };
    noteResult(memory.circuit(vendor), event, about);
  };

  const ask = (index: number) => {
    const { step } = stepAt(index);
    const now = io.now();
    const circuit = memory.circuit(step.id);
    const inFlight = memory.calls(step.id);
    const probe = needsProbe(circuit, now) || isOpen(circuit, now);
    if (probe) inFlight.probedAt = now;
    if (!inFlight.unanswered++) inFlight.silentSince = now;
    const waiting = state.steps.filter((one) => !one.calls && one.closed === "no").length - 1;
    const patience = Math.min(
      step.timeoutMs,
      patienceMs[config.duplicates ?? "avoid"],
      probe ? patienceMs.probe : isUnwell(circuit, now) ? patienceMs.unwell : Infinity,
      Math.max(patienceMs.probe, deadline - now - fallbackReserveMs * waiting),
    );
    update(index, {
      askedAt: now,
      patienceMs: patience,
      calls: (state.steps[index]?.calls ?? 0) + 1,
    });
    const abort = new AbortController();
    calls.set(index, abort);
    const limitMs = deadline - now;
    const onRequest = () => {
      report.attempts++;
    };
    void callVendor(io, job, step, { firstSeen, limitMs, abort, onRequest }).then((result) => {
      // What was aborted since another vendor took the message tells nothing.
      if (calls.get(index) !== abort) return;
      calls.delete(index);
      results.push({ index, result, at: now });
      wake();
    });
  };

  const hear = (index: number, { answer, verdict, adapterError }: CallResult) => {
    const { step } = stepAt(index);
    const now = io.now();
    const inFlight = memory.calls(step.id);
    if (answer.error === "timeout") leave(inFlight);
    else Object.assign(inFlight, { unanswered: 0, silentSince: 0 });
    const { kind, otherMedium } = verdict;
    const wanted = kind === "not_sent" ? retryAfter(answer, now) : 0;
    // Its silence was counted when it lasted too long; an answer after that makes it no better.
    if (!silences.has(index)) count(step.id, answer.error === "timeout" ? "silent" : kind, wanted);
    else if (kind === "accepted") memory.circuit(step.id).downSince = 0;
    Object.assign(report, { vendor: step.id, status: answer.error ?? answer.status });
    report.code = plainCode(verdict.code, hidden);
    if (kind === "account_fault" || kind === "destination_refused")
      report.config = [...new Set([...(report.config ?? []), step.id])];
    const { calls: made = 1 } = state.steps[index] ?? {};
    const pause = Math.min(4_000, 125 * 2 ** made) * (0.5 + io.random() / 2);
    state = apply(state, {
      step: index,
      kind: adapterError ? "adapter_error" : kind,
      otherMedium,
      now,
      pauseMs: Math.max(pause, wanted),
    });
    if (adapterError && kind === "unknown") update(index, { unknown: true });
    if (kind === "accepted")
      messages.noteDelivered({
        message: id,
        recipient,
        seen: firstSeen,
        at: now,
        transaction: job.transaction,
        step: stepAt(index).place,
      });
  };

  const allDownSince = () => {
    const circuits = placed.map(({ step }) => memory.circuit(step.id));
    return circuits.every(isDown) ? Math.max(...circuits.map((one) => one.downSince)) : undefined;
  };

  /** Counts calls that are silent for too long, so that others learn of it at once. */
  const countSilence = (now: number) => {
    state.steps.forEach(({ askedAt = now, patienceMs: patience }, index) => {
      if (now - askedAt < patience || silences.has(index) || !calls.has(index)) return;
      silences.add(index);
      count(stepAt(index).step.id, "silent");
    });
  };

  try {
    for (;;) {
      for (let one = results.shift(); one; one = results.shift()) hear(one.index, one.result);
      const now = io.now();
      countSilence(now);
      const newest = messages.newest(recipient);
      if (newest && newest.seen >= firstSeen + unitMs && !state.ended) return "superseded";
      const load = {
        ...{ now, deadline, seen: firstSeen, allDownSince: allDownSince() },
        ...{ executions: memory.executions(now), steps: placed.length },
        ...{ share: (parseInt(job.key.slice(0, 6), 16) || 0) / 0x1000000, random: drawn },
      };
      const decision = decide(state, now, effortOf(load, began));
      if (decision.what === "end") {
        const [unanswered] = calls.keys();
        if (decision.outcome === "failed" && unanswered !== undefined)
          Object.assign(report, { vendor: stepAt(unanswered).step.id, status: "timeout" });
        if (decision.outcome === "failed" && report.vendor === undefined)
          report.why = "no time was left for a call";
        return decision.outcome;
      }
      if (decision.what === "call") {
        ask(decision.step);
        continue;
      }
      // Looks now and then whether others find a vendor hanging, or back.
      const look = calls.size
        ? patienceMs.probe
        : load.allDownSince === undefined
          ? Infinity
          : lookMs;
      const pause = Math.min(decision.until - now, look);
      await new Promise<void>((resolve) => {
        const timer = io.setTimeout(resolve, pause);
        wake = () => {
          io.clearTimeout(timer);
          resolve();
        };
        if (results.length) wake();
      });
      if (calls.size) hurry();
    }
  } finally {
    for (const [index, abort] of calls) {
      calls.delete(index);
      leave(memory.calls(stepAt(index).step.id));
      abort.abort();
    }
    if (!state.ended) {
      const unknown = state.steps.flatMap((step, index) =>
        step.unknown || step.askedAt !== undefined ? [stepAt(index).place] : [],
      );
      messages.noteWaiting(id, { seen: firstSeen, unknown: unknown.filter((one) => one < 10) });
    }
  }

  /** Shortens the patience with vendors that others found hanging meanwhile. */
  function hurry() {
    const now = io.now();
    for (const index of calls.keys())
      if (alternatives?.hangs(memory, stepAt(index).step.id, now))
        update(index, { patienceMs: patienceMs.probe });
  }
}
