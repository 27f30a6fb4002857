import type { Verdict } from "../vendors/vendor.ts";

/** One step of a message, as the decision sees it. Times in milliseconds since 1970. */
export interface StepState {
  readonly medium: string;
  /** Whether its vendor knows a message again by its key. */
  readonly idempotent: boolean;
  /** How long it may be silent before the next vendor is asked, in milliseconds. */
  readonly patienceMs: number;
  readonly calls: number;
  /** It may have the message all the same, from this execution or an earlier one. */
  readonly unknown: boolean;
  /** Not asked again: it cannot take this message. */
  readonly closed: "no" | "medium" | "fault";
  /** Since when a call is on its way. */
  readonly askedAt?: number | undefined;
  /** Not asked again before. */
  readonly notBefore: number;
}

/** How much an execution may do when vendors fail. */
export interface Effort {
  /** Calls in all, and of one step. */
  readonly calls: number;
  readonly callsEach: number;
  /** A step that failed is not asked again before. */
  readonly holdUntil: number;
}

export interface DeliveryState {
  readonly steps: readonly StepState[];
  /** No call goes on after that. */
  readonly deadline: number;
  readonly ended?: "accepted" | "rejected" | undefined;
}

/** What a call came to, as far as the decision needs to know. */
export interface Outcome {
  readonly step: number;
  readonly kind: Verdict["kind"] | "adapter_error";
  readonly otherMedium?: true | undefined;
  readonly now: number;
  /** Pause before the same step is asked again. */
  readonly pauseMs: number;
}

export type Decision =
  /** Ask a step now; others may be asked from `patience` on, the call goes on until the deadline. */
  | { readonly what: "call"; readonly step: number }
  /** Nothing to do before then, unless an answer comes. */
  | { readonly what: "wait"; readonly until: number }
  | { readonly what: "end"; readonly outcome: "accepted" | "rejected" | "failed" };

/** The shortest call worth making. */
export const minAttemptMs = 800;

const change = (
  state: DeliveryState,
  which: (step: StepState, index: number) => boolean,
  to: Partial<StepState>,
): DeliveryState => ({
  ...state,
  steps: state.steps.map((step, index) => (which(step, index) ? { ...step, ...to } : step)),
});

/**
 * What an outcome does to the state:
 *
 * | outcome               | the step                     | the message                       |
 * | --------------------- | ---------------------------- | --------------------------------- |
 * | `accepted`            |                              | ends, accepted                    |
 * | `recipient_refused`   |                              | ends, rejected                    |
 * | … with `otherMedium`  | closed, as all of its medium | goes on with the next medium      |
 * | `destination_refused` | closed                       | goes on with the next step        |
 * | `account_fault`       | closed                       | goes on with the next step        |
 * | `adapter_error`       | closed                       | goes on with the next step        |
 * | `not_sent`            | again after a pause          | goes on with the next step        |
 * | `unknown`, with key   | once more at once, then …    | … goes on with the next step      |
 * | `unknown`, no key     | last of all, after a pause   | goes on with the next step        |
 */
export function apply(state: DeliveryState, outcome: Outcome): DeliveryState {
  const { kind, now, pauseMs } = outcome;
  const asked = state.steps[outcome.step];
  const itself = (_: StepState, index: number) => index === outcome.step;
  const done = change(state, itself, { askedAt: undefined, notBefore: now + pauseMs });
  switch (kind) {
    case "accepted":
      return { ...done, ended: "accepted" };
    case "recipient_refused":
      if (!outcome.otherMedium) return { ...done, ended: "rejected" };
      return change(done, ({ medium, closed }) => medium === asked?.medium && closed === "no", {
        closed: "medium",
      });
    case "destination_refused":
    case "account_fault":
    case "adapter_error":
      return change(done, itself, { closed: "fault" });
    case "not_sent":
      return done;
    case "unknown":
      if (asked?.idempotent && asked.calls === 1)
        return change(done, itself, { unknown: true, notBefore: -Infinity });
      return change(done, itself, { unknown: true });
  }
}

/** What comes next: the first row that fits decides. */
export function decide(state: DeliveryState, now: number, effort: Effort): Decision {
  const { steps, deadline, ended } = state;
  if (ended) return { what: "end", outcome: ended };
  const open = steps
    .map((step, index) => ({ ...step, index }))
    .filter((one) => one.closed === "no");
  const onTheWay = open.filter((one) => one.askedAt !== undefined);
  if (!open.length) {
    const refused = steps.every(({ closed }) => closed === "medium");
    return { what: "end", outcome: refused ? "rejected" : "failed" };
  }
  // A call that may still be answered soon is waited for.
  const patient = onTheWay.map((one) => (one.askedAt ?? 0) + one.patienceMs);
  const silentFrom = Math.min(deadline, Math.max(0, ...patient));
  if (now < silentFrom) return { what: "wait", until: silentFrom };

  const calls = steps.reduce((all, one) => all + one.calls, 0);
  const due = (one: StepState) =>
    one.calls && one.notBefore > -Infinity
      ? Math.max(one.notBefore, effort.holdUntil)
      : one.notBefore;
  // Who may have the message is asked again when there is nobody else, and nothing is on its way.
  const certain = open.filter(
    (one) =>
      one.askedAt === undefined &&
      one.calls < effort.callsEach &&
      (!one.unknown || one.notBefore === -Infinity),
  );
  const left =
    certain.length || onTheWay.length
      ? certain
      : open.filter((one) => one.calls < effort.callsEach);
  const [next] = left.sort((one, other) => due(one) - due(other));
  const at = next ? Math.max(now, due(next)) : Infinity;
  if (calls < effort.calls && next && at + minAttemptMs <= deadline)
    return at > now ? { what: "wait", until: at } : { what: "call", step: next.index };
  if (onTheWay.length && now < deadline) return { what: "wait", until: deadline };
  return { what: "end", outcome: "failed" };
}
