import { concurrencyLimit, retryPausesMs } from "../auth0.ts";
import type { Effort } from "./decide.ts";

/** What decides how much an execution may do. Times in milliseconds since 1970. */
export interface Load {
  readonly now: number;
  readonly deadline: number;
  /** When the message was seen first. */
  readonly seen: number;
  /** Since when every vendor is down; `undefined` while one is not. */
  readonly allDownSince: number | undefined;
  /** Executions that run now. */
  readonly executions: number;
  readonly steps: number;
  /** Uniform in [0, 1), the same in every execution of a message. */
  readonly share: number;
  /** Uniform in [0, 1), drawn once an execution. */
  readonly random: number;
}

/** Executions from which nobody waits for vendors that are down; Auth0's limit stays far. */
const mostWaiting = 0.22 * concurrencyLimit;
/** The same for messages that have no later chance, and for those that an outage began with. */
const mostWaitingLast = 0.4 * concurrencyLimit;
const mostWaitingEarly = 0.7 * concurrencyLimit;
/**
 * Messages of an outage's first seconds have their last retry (105 s on) before two minutes are
 * over: they wait in one of their executions, which shifts all later ones.
 */
const earlyMs = 18_000;
/** The last call of an execution that waits begins so long before the deadline. */
const lastCallMs = 1_900;

/** While a vendor may be well: several rounds with growing pauses. */
const usual: Effort = { calls: 8, callsEach: 4, holdUntil: 0 };
/** While all are down: one round, and the rest is left to Auth0's retries. */
const brief = (steps: number): Effort => ({
  calls: Math.min(2, steps),
  callsEach: 1,
  holdUntil: 0,
});

/** Which of its executions a message is in, from 0, by the time since it was seen first. */
function executionOf(ageMs: number): number {
  let at = 0;
  let count = 0;
  for (const pause of retryPausesMs) {
    at += pause;
    if (ageMs < at) return count;
    count++;
  }
  return count;
}

/** How much an execution may do: usual, brief, or brief and once more at its end. */
export function effortOf(load: Load, began: number): Effort {
  const { now, deadline, seen, allDownSince, executions, steps, share, random } = load;
  if (allDownSince === undefined) return usual;
  const execution = executionOf(began - seen);
  const last = execution === 3;
  // A third waits in the first, in the second and in the last execution whose code still works.
  const turn = [0, 1, 3][Math.floor(share * 3)] === execution;
  const early = seen - allDownSince < earlyMs && turn;
  const most = early ? mostWaitingEarly : last ? mostWaitingLast : mostWaiting;
  if (executions > most) return brief(steps);
  const latest = deadline - lastCallMs;
  const holdUntil = early || last ? latest : Math.min(latest, began + 4_000 + 11_000 * random);
  return {
    ...brief(steps),
    calls: Math.min(2, steps) + 1,
    callsEach: 2,
    holdUntil: now > latest ? 0 : holdUntil,
  };
}
