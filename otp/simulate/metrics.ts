import type { Play } from "./run.ts";
import type { Message } from "./messages.ts";

/** What a play comes to. Shares are of the messages that can be delivered at all. */
export interface Figures {
  readonly messages: number;
  /** Share that a vendor had within 10 s. */
  readonly within10s: number;
  /** Share that a vendor had while the code lived. */
  readonly withinLife: number;
  /** Milliseconds until a vendor had it, of those that were delivered; `null` for none. */
  readonly medianMs: number | null;
  readonly p99Ms: number | null;
  /** Copies beyond the first, a thousand messages. */
  readonly duplicates: number;
  /** Copies beyond the first at one vendor that takes a key; a count. */
  readonly keyedDuplicates: number;
  /** Calls that vendors got for messages, by delivered message; `null` for none delivered. */
  readonly callsPerDelivered: number | null;
  readonly executions: number;
  readonly over18s: number;
  readonly over20s: number;
  /** Reported as accepted while no vendor had them. */
  readonly falseReports: number;
  /** Sent though their code was dead. */
  readonly dead: number;
  /** Not delivered in the code's life, though an execution could have reached a living vendor. */
  readonly lost: number;
  readonly leaks: number;
  /** Bad recipients: how many, how many were not dropped after one call. */
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

/** When a vendor had a message first, in milliseconds after it came; infinite for never. */
export function deliveredMs({ copies, born }: Message): number {
  return copies.reduce((least, { at }) => Math.min(least, at - born), Infinity);
}

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;

/** Counts what happened in a play. */
export function figures(
  { messages, seen, faults, ...tally }: Play,
  { lifetimeMs, keyed }: { readonly lifetimeMs: number; readonly keyed: ReadonlySet<string> },
): Figures {
  const good = messages.filter(({ bad }) => !bad);
  const bad = messages.filter((message) => message.bad);
  const times = good.map(deliveredMs);
  const delivered = times.filter((ms) => ms < Infinity).sort((a, b) => a - b);
  const share = (most: number) => times.filter((ms) => ms <= most).length / good.length;

  const twice = (copies: Message["copies"]) =>
    copies.filter(
      ({ vendor }, index) =>
        keyed.has(vendor) && copies.findIndex((other) => other.vendor === vendor) < index,
    ).length;
  const couldReach = ({ executions, born }: Message) =>
    executions.some((began) => {
      const last = Math.min(began + usableMs, born + lifetimeMs - enoughMs);
      return [began, last].some(
        (from) =>
          from >= began && from <= last && faults.alive(from) && faults.alive(from + enoughMs),
      );
    });
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

  return {
    messages: messages.length,
    within10s: share(10_000),
    withinLife: share(lifetimeMs),
    medianMs: quantile(delivered, 0.5),
    p99Ms: quantile(delivered, 0.99),
    duplicates:
      (1_000 * sum(good.map(({ copies }) => Math.max(0, copies.length - 1)))) / good.length,
    keyedDuplicates: sum(good.map(({ copies }) => twice(copies))),
    callsPerDelivered: delivered.length
      ? sum(good.map(({ calls }) => calls)) / delivered.length
      : null,
    ...tally,
    dead: seen.dead,
    lost: good.filter((message) => deliveredMs(message) > lifetimeMs && couldReach(message)).length,
    badRecipients: bad.length,
    badMishandled: bad.filter(
      ({ calls, told, executions }) => calls !== 1 || told !== "drop" || executions.length !== 1,
    ).length,
    badCalls: Math.max(0, ...bad.map(({ calls }) => calls)),
    strays: seen.strays,
  };
}
