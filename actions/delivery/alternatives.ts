import { isOpen, needsProbe } from "./circuit-breaker.ts";
import type { Step } from "./config.ts";
import type { Job } from "./job.ts";
import type { Memory } from "./memory.ts";

/** A step with its place in the environment's list, by which it is remembered. */
export interface PlacedStep<M> {
  readonly step: Step<M>;
  readonly place: number;
}

/** How one of several steps is chosen; a bundle with a single step does without. */
export interface Alternatives {
  /** The steps in the order in which they are asked; `now` in milliseconds since 1970. */
  order<M>(
    placed: readonly PlacedStep<M>[],
    memory: Memory,
    job: Job<M>,
    now: number,
  ): readonly PlacedStep<M>[];
  /** Whether a vendor leaves everybody who asks it without an answer, before one call timed out. */
  hangs(memory: Memory, vendor: string, now: number): boolean;
}

/** Calls without any answer, and for how long, that show a vendor to hang before one times out. */
const silent = [
  { calls: 5, ms: 1_000 },
  { calls: 2, ms: 2_400 },
];
/** The same for a vendor that nothing good is known of. */
const silentStranger = [...silent, { calls: 2, ms: 700 }];
/** How long the word that somebody probes is believed, in milliseconds. */
const probeMs = 5_000;

function hangs(memory: Memory, vendor: string, now: number): boolean {
  const { silentSince, unanswered } = memory.calls(vendor);
  const ms = silentSince ? now - silentSince : 0;
  const limits = memory.circuit(vendor).successes < 1 ? silentStranger : silent;
  return limits.some((limit) => unanswered >= limit.calls && ms > limit.ms);
}

/** Who asks again gets another vendor first. */
function afterLast<M>(
  placed: readonly PlacedStep<M>[],
  memory: Memory,
  { config, recipient, id }: Job<M>,
  now: number,
): readonly PlacedStep<M>[] {
  const last = memory.messages.newest(recipient);
  if (config.resend === "same" || !last || last.message === id) return placed;
  if (now - last.at >= config.lifetimeMs) return placed;
  const next = placed.findIndex(({ place }) => place === last.step) + 1;
  const vendor = config.steps[last.step]?.id;
  return (
    [...placed.slice(next), ...placed.slice(0, next)]
      // The same vendor's next medium comes after other vendors.
      .sort((a, b) => Number(a.step.id === vendor) - Number(b.step.id === vendor))
  );
}

/** For environments whose bundle has several steps. */
export const alternatives: Alternatives = {
  order(placed, memory, job, now) {
    const skipped = (vendor: string) => {
      const circuit = memory.circuit(vendor);
      const probed = now - memory.calls(vendor).probedAt < probeMs;
      return (
        isOpen(circuit, now) || (needsProbe(circuit, now) && probed) || hangs(memory, vendor, now)
      );
    };
    // Of those that are skipped, the one that may be back first.
    const rank = ({ step: { id } }: PlacedStep<unknown>) =>
      skipped(id) ? 1 + memory.circuit(id).openUntil : 0;
    return afterLast(placed, memory, job, now)
      .map((one) => ({ one, rank: rank(one as PlacedStep<unknown>) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ one }) => one);
  },
  hangs,
};
