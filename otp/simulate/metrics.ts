import { assumed } from "./assumptions.ts";
import type { Message } from "./messages.ts";
import type { Run } from "./run-scenario.ts";

/**
 * What a run comes to. Shares are of the measured messages that can be delivered at all; `null` if
 * there are none.
 */
export interface Metrics {
  /** Messages that are measured: those of the scenario's fault, say. */
  readonly messages: number;
  /** Share that a vendor had within 10 s. */
  readonly within10s: number | null;
  /** Share that a vendor had while the code lived. */
  readonly withinLife: number | null;
  /** Milliseconds until a vendor had it, of those that were delivered; `null` for none. */
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p99Ms: number | null;
  /** The p99, divided by the p99 of what the vendor took for the first calls of the same messages. */
  readonly p99Ratio: number | null;
  /** The longest time from a message to its first call, in milliseconds. */
  readonly firstCallMs: number | null;
  /** Copies beyond the first, per 1,000 messages. */
  readonly duplicates: number | null;
  /** Copies beyond the first at one vendor that takes a key; a count over all messages. */
  readonly keyedDuplicates: number;
  /** Calls that vendors got for messages, per delivered message; `null` for none delivered. */
  readonly callsPerDelivered: number | null;
  /** Share of first calls that went to the first vendor. */
  readonly primaryShare: number | null;
  /** Share of users who had a code that worked within 45 s; `null` if users do not ask again. */
  readonly codeWithin45s: number | null;
  readonly executions: number;
  /** The most executions in flight at once. */
  readonly inFlight: number;
  /** Executions refused at the tenant's limit. */
  readonly refused: number;
  readonly over18s: number;
  readonly over20s: number;
  /** Reported as accepted while no vendor had them. */
  readonly falseReports: number;
  /** Sent although their code had expired. */
  readonly dead: number;
  /** Sent although a newer code had been delivered to the same recipient. */
  readonly superseded: number;
  /** Not delivered in the code's life, although an execution could have reached a living vendor. */
  readonly lost: number;
  /** Share of the messages from an outage of every vendor that were never delivered; or `null`. */
  readonly outageLost: number | null;
  readonly leaks: number;
  /** Bad recipients: how many, and how many were not dropped after one call. */
  readonly badRecipients: number;
  readonly badMishandled: number;
  /** The most calls that a bad recipient cost. */
  readonly badCalls: number;
  /** Requests that no vendor knew. */
  readonly strays: number;
}

/** An execution that has this much time left with a living vendor could deliver. */
const enoughMs = 2_000;
/** Of an execution, what may be used: the engine's deadline less the time above. */
const usableMs = 15_000;
/** How long a user waits for a code. */
const patienceMs = 45_000;

/** When a vendor had a message first, in milliseconds after it came; infinite for never. */
export function deliveredMs({ copies, requestedAt }: Message): number {
  return copies.reduce((least, { at }) => Math.min(least, at - requestedAt), Infinity);
}

const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const ratio = (part: number | null, whole: number | null) =>
  part === null || !whole ? null : part / whole;

/** The messages of a run that its scenario measures. */
export function measuredMessages({ scenario, messages, faults }: Run): readonly Message[] {
  switch (scenario.measured) {
    case "during-fault":
      return messages.filter(({ requestedAt }) => faults.on(requestedAt));
    case "after-first-minute":
      return messages.filter(({ requestedAt }) => requestedAt >= assumed.start + 60_000);
    default:
      return messages;
  }
}

/** Whether some execution of a message had enough time with a living vendor. */
function couldReach({ executions, requestedAt }: Message, { faults, lifetimeMs }: Run): boolean {
  return executions.some((began) => {
    const last = Math.min(began + usableMs, requestedAt + lifetimeMs - enoughMs);
    return [began, last].some(
      (from) =>
        from >= began && from <= last && faults.alive(from) && faults.alive(from + enoughMs),
    );
  });
}

/** When a user had a code that worked, in milliseconds after the first request. */
function workingCodeMs(first: Message, { book }: Run): number {
  const all = book.of(first);
  return Math.min(
    ...all.map(({ copies }, at) => {
      // A newer request voids the code.
      const until = all[at + 1]?.requestedAt ?? Infinity;
      const times = copies.map((copy) => copy.at).filter((time) => time < until);
      return Math.min(...times) - first.requestedAt;
    }),
  );
}

/**
 * Counts what happened in a run.
 *
 * @param keyed - ids of vendors that refuse a second message with the same key
 */
export function metricsOf(run: Run, keyed: ReadonlySet<string>): Metrics {
  const { messages, scenario, seen, faults, lifetimeMs, primary } = run;
  const measured = measuredMessages(run);
  const good = measured.filter(({ bad }) => !bad);
  const bad = messages.filter((message) => message.bad);
  const times = good.map(deliveredMs);
  const delivered = ascending(times.filter((ms) => ms < Infinity));
  const share = (most: number) => ratio(times.filter((ms) => ms <= most).length, good.length);
  const late = (message: Message) =>
    !message.bad && !message.swallowed && deliveredMs(message) > lifetimeMs;
  const firstCalls = good.flatMap(({ firstCall, requestedAt }) =>
    firstCall ? [{ ...firstCall, waitMs: firstCall.at - requestedAt }] : [],
  );
  const sameVendor = ({ copies }: Message) =>
    copies.filter(
      ({ vendor }, index) =>
        keyed.has(vendor) && copies.findIndex((other) => other.vendor === vendor) < index,
    ).length;
  const inOutage = messages.filter(({ requestedAt }) => !faults.alive(requestedAt));
  const users = messages.filter(({ repeat }) => repeat === 0);
  const { executions, inFlight, refused, over18s, over20s, falseReports, leaks } = run;

  return {
    messages: measured.length,
    within10s: share(10_000),
    withinLife: share(lifetimeMs),
    p50Ms: quantile(delivered, 0.5),
    p90Ms: quantile(delivered, 0.9),
    p99Ms: quantile(delivered, 0.99),
    p99Ratio: ratio(
      quantile(delivered, 0.99),
      quantile(ascending(firstCalls.map(({ latencyMs }) => latencyMs)), 0.99),
    ),
    firstCallMs: firstCalls.length
      ? firstCalls.reduce((most, { waitMs }) => Math.max(most, waitMs), 0)
      : null,
    duplicates: ratio(
      1_000 * sum(good.map(({ copies }) => Math.max(0, copies.length - 1))),
      good.length,
    ),
    keyedDuplicates: sum(messages.map(sameVendor)),
    callsPerDelivered: ratio(sum(good.map(({ calls }) => calls)), delivered.length),
    primaryShare: ratio(
      firstCalls.filter(({ vendor }) => vendor === primary).length,
      firstCalls.length,
    ),
    codeWithin45s:
      scenario.askAgainS === undefined
        ? null
        : ratio(
            users.filter((user) => workingCodeMs(user, run) <= patienceMs).length,
            users.length,
          ),
    ...{ executions, inFlight, refused, over18s, over20s, falseReports, leaks },
    dead: seen.dead,
    superseded: seen.superseded,
    lost: messages.filter(
      (message) => late(message) && faults.alive(message.requestedAt) && couldReach(message, run),
    ).length,
    outageLost: ratio(inOutage.filter(late).length, inOutage.length),
    badRecipients: bad.length,
    badMishandled: bad.filter(
      ({ calls, outcome, executions: times }) =>
        calls !== 1 || outcome !== "drop" || times.length !== 1,
    ).length,
    badCalls: bad.reduce((most, { calls }) => Math.max(most, calls), 0),
    strays: seen.strays,
  };
}
