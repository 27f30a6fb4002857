import type { VerdictKind } from "../vendors/vendor.ts";

/** How one vendor fared lately. Times in milliseconds since 1970, 0 for never. */
export interface Circuit {
  /** Answers that showed it well, and failures, each worth less the older it is. */
  successes: number;
  failures: number;
  changedAt: number;
  /** Skipped until then; afterwards one message at a time probes it. */
  openUntil: number;
  /** Times it was opened since it was last well for long. */
  openings: number;
  /** Since when it has had no success. */
  downSince: number;
  /** Recipients of the last failures that may be the recipient's own, so that each counts once. */
  blamed: string;
}

export const newCircuit = (): Circuit => ({
  ...{ successes: 0, failures: 0, changedAt: 0 },
  ...{ openUntil: 0, openings: 0, downSince: 0, blamed: "" },
});

/** What a circuit counts: a verdict, or that a vendor was silent for longer than it should. */
export type CircuitEvent = VerdictKind | "silent";

/** A count is worth half after this long. */
const halfLifeMs = 60_000;
/** Counts are scaled to this many calls, so that a burst of failures is seen at any volume. */
const windowCalls = 20;
/** Share of failures from which a vendor is skipped. */
const openRate = 0.25;
/** Share from which a vendor without a success since its first failure is down. */
const downRate = 0.5;
/** Failures that it takes: one message that fails twice proves nothing. */
const downFailures = 2.9;
/** Failures above which a vendor is not trusted with a long wait. */
const unwellFailures = 0.35;
const firstRestMs = 60_000;
const mostOpenings = 4;
/** The longest `Retry-After` that is believed. */
const mostRetryAfterMs = 120_000;

/** What a failure weighs: one that costs a long wait, or that no waiting mends, tells more. */
const weights: Partial<Readonly<Record<CircuitEvent, number>>> = {
  silent: 2,
  unknown: 1,
  account_fault: 2,
  not_sent: 1,
};

/** Whether a vendor is skipped now. */
export const isOpen = ({ openUntil }: Circuit, now: number): boolean => openUntil > now;

/** Whether it was skipped and nobody has seen it well since: the next message is a probe. */
export const needsProbe = ({ openUntil }: Circuit, now: number): boolean =>
  openUntil > 0 && openUntil <= now;

/** Whether it failed lately, so that silence is likely to mean failure again. */
export function isUnwell(circuit: Circuit, now: number): boolean {
  return circuit.failures * 0.5 ** ((now - circuit.changedAt) / halfLifeMs) > unwellFailures;
}

/** Whether nothing speaks for it: it fails, and had no success since it began to. */
export function isDown({ successes, failures, downSince }: Circuit): boolean {
  return downSince > 0 && failures >= downFailures && failures / (successes + failures) >= downRate;
}

/**
 * Notes how a call went.
 *
 * @param recipient - tells recipients apart
 * @param random - uniform in [0, 1), for the jitter of the rest
 * @param retryAfterMs - for how long the vendor asked not to be called
 */
export function noteResult(
  circuit: Circuit,
  event: CircuitEvent,
  {
    now,
    recipient,
    random,
    retryAfterMs = 0,
  }: {
    readonly now: number;
    readonly recipient: string;
    readonly random: number;
    readonly retryAfterMs?: number;
  },
): void {
  const answered = event === "accepted" || event === "recipient_refused";
  if (answered || event === "destination_refused") {
    // Alive; but a closed country says nothing about how well.
    if (needsProbe(circuit, now)) Object.assign(circuit, { failures: 0.4, successes: 2 });
    if (answered || circuit.openUntil) Object.assign(circuit, { openUntil: 0, downSince: 0 });
  }
  const weight = weights[event] ?? 0;
  // What may be the fault of one message counts once for its recipient.
  if (event !== "not_sent" && weight) {
    if (circuit.blamed.split(",").includes(recipient)) return;
    circuit.blamed = [recipient, ...circuit.blamed.split(",")].slice(0, 3).join(",");
  }
  if (answered) circuit.blamed = "";
  const left = 0.5 ** (Math.max(0, now - circuit.changedAt) / halfLifeMs);
  circuit.successes = circuit.successes * left + Number(answered);
  circuit.failures = circuit.failures * left + weight;
  const all = circuit.successes + circuit.failures;
  const scale = Math.min(1, windowCalls / all) || 0;
  circuit.successes *= scale;
  circuit.failures *= scale;
  if (weight) {
    circuit.downSince ||= now;
    if (circuit.failures / all >= openRate && !isOpen(circuit, now)) open(circuit, now, random);
    if (retryAfterMs > 0)
      circuit.openUntil = Math.max(
        circuit.openUntil,
        now + Math.min(retryAfterMs, mostRetryAfterMs),
      );
  } else if (now - circuit.changedAt > 8 * firstRestMs) circuit.openings = 0;
  circuit.changedAt = now;
}

function open(circuit: Circuit, now: number, random: number): void {
  circuit.openings = Math.min(mostOpenings, circuit.openings + 1);
  const rest = firstRestMs * 2 ** (circuit.openings - 1);
  circuit.openUntil = now + Math.round(rest * (0.85 + 0.3 * random));
}
