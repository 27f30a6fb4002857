import type { Contender } from "./contenders.ts";
import type { Metrics } from "./metrics.ts";

/** One bound on one metric. Times in milliseconds, duplicates per 1,000 messages. */
export interface Threshold {
  /**
   * Names of scenarios.
   *
   * @default all but those of {@link except}
   */
  readonly scenarios?: readonly string[];
  readonly except?: readonly string[];
  readonly contender: "engine" | "cold-cache";
  readonly metric: keyof Metrics;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** The bound is this many times the sample's figure in the same run. */
  readonly timesSample?: { readonly atLeast: number } | { readonly atMost: number };
  /**
   * Which channels it holds for: those with several vendors, with one, or any.
   *
   * @default "several"
   */
  readonly vendors?: "several" | "one" | "any";
}

const at = (perHour: number, names: readonly string[]) =>
  names.map((name) => `${name}-${String(perHour)}`);

const failing = ["down", "unresolved", "revoked", "limited", "hangs"];
const outages = ["outage", "outage-5-min", "outage-ask-again"];

const engine = (
  scenarios: readonly string[],
  metric: keyof Metrics,
  bound: Pick<Threshold, "atLeast" | "atMost" | "timesSample">,
  vendors: NonNullable<Threshold["vendors"]> = "several",
): Threshold => ({ contender: "engine", scenarios, metric, ...bound, vendors });

/** Must be zero in any scenario. */
const never = (
  metric: keyof Metrics,
  more: Pick<Threshold, "vendors" | "except"> = { vendors: "any" },
): Threshold[] =>
  (["engine", "cold-cache"] as const).map((contender) => ({
    ...{ contender, metric, atMost: 0 },
    ...more,
  }));

const busyFaults = [...failing, "retry-after"];
const lowVolumeFaults = [...failing, "flaky"];
const mediumVolumes = [...at(600, lowVolumeFaults), ...at(4_000, lowVolumeFaults)];
const healthy = ["healthy", ...[60, 600, 4_000].flatMap((perHour) => at(perHour, ["healthy"]))];

/** What a simulation has to reach: each row of the goals. */
export const thresholds: readonly Threshold[] = [
  // Two vendors, 20 messages a second.
  engine([...busyFaults, "flaky"], "within10s", { atLeast: 0.9999 }),
  engine(busyFaults, "p99Ms", { atMost: 2_000 }),
  engine(["flaky"], "p99Ms", { atMost: 3_000 }),
  // The same at 60 messages an hour.
  engine(at(60, lowVolumeFaults), "within10s", { atLeast: 0.999 }),
  engine(at(60, lowVolumeFaults), "p50Ms", { atMost: 1_500 }),
  engine(at(60, lowVolumeFaults), "p90Ms", { atMost: 4_000 }),
  // The same at 600 and 4,000 messages an hour.
  engine(mediumVolumes, "within10s", { atLeast: 0.999 }),
  engine(mediumVolumes, "p50Ms", { atMost: 600 }),
  engine(mediumVolumes, "p99Ms", { atMost: 4_000 }),
  // A calm day costs nothing.
  engine(healthy, "duplicates", { atMost: 0.2 }, "any"),
  engine(healthy, "p99Ratio", { atMost: 1.05 }, "any"),
  // A vendor that never answers, and sends all the same.
  engine(["hangs-accepts"], "duplicates", { atMost: 5 }),
  engine(at(600, ["hangs-accepts"]), "duplicates", { atMost: 50 }),
  engine(["slow"], "within10s", { atLeast: 0.999 }),
  engine(["slow"], "duplicates", { atMost: 10 }),
  // One vendor, with nobody to fail over to: what the sample reaches, and few more copies.
  engine(["slow-9-of-10"], "duplicates", { atMost: 60 }, "one"),
  engine(["hangs-accepts"], "duplicates", { atMost: 5_000 }, "one"),
  // Both draw their chances: two in a hundred is what they differ by for no reason.
  engine(["slow-9-of-10"], "within10s", { timesSample: { atLeast: 0.98 } }, "one"),
  engine(["slow-9-of-10", "hangs-accepts"], "inFlight", { timesSample: { atMost: 2 } }, "one"),
  // A bad cache costs memory, never a delivery.
  engine(["cache-off", "cache-loses-half"], "p50Ms", { atMost: 500 }),
  engine(["cache-off", "cache-loses-half"], "duplicates", { atMost: 50 }),
  engine(["cache-hangs", "cache-slow"], "firstCallMs", { atMost: 500 }, "any"),
  engine(["cache-hangs", "cache-slow"], "withinLife", { atLeast: 1 }, "any"),
  {
    ...{ contender: "cold-cache", metric: "within10s", atLeast: 0.999 },
    except: [...outages, "accepted-not-delivered"],
  },
  // Grey failure.
  engine(["grey-50", "grey-10"], "p99Ms", { atMost: 3_000 }),
  // Everything is down.
  engine(outages, "inFlight", { atMost: 200 }, "any"),
  engine(outages, "refused", { atMost: 0 }, "any"),
  engine(["outage"], "outageLost", { atMost: 0.02 }),
  // A vendor that the account of one country cannot use stays in use for all others.
  engine(["destination-refused"], "primaryShare", { atLeast: 0.99 }),
  engine(["destination-refused"], "within10s", { atLeast: 0.9999 }),
  // Accepted is not delivered.
  engine(["accepted-not-delivered"], "codeWithin45s", { atLeast: 0.99 }),
  // In any case.
  ...never("lost"),
  ...never("dead"),
  ...never("superseded"),
  ...never("badMishandled"),
  ...never("over18s"),
  ...never("falseReports"),
  ...never("leaks"),
  ...never("keyedDuplicates"),
  ...never("strays"),
];

/** What of a case is judged. */
export interface Judged {
  readonly channel: string;
  readonly scenario: string;
  readonly contender: Contender;
  readonly metrics: Metrics;
}

/** A threshold that was missed, with the figure. */
export interface Miss {
  readonly channel: string;
  readonly scenario: string;
  readonly threshold: Threshold;
  /** The bounds in numbers, the sample's figure included. */
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly got: number | null;
}

/** The bounds of a threshold; without a figure of the sample, a comparison with it cannot fail. */
function bounds(
  { atLeast, atMost, timesSample, metric }: Threshold,
  sample: Metrics | undefined,
): Pick<Miss, "atLeast" | "atMost"> {
  const compared = sample?.[metric];
  if (timesSample && typeof compared === "number")
    return "atLeast" in timesSample
      ? { atLeast: timesSample.atLeast * compared }
      : { atMost: timesSample.atMost * compared };
  return {
    ...(atLeast !== undefined && { atLeast }),
    ...(atMost !== undefined && { atMost }),
  };
}

/**
 * The thresholds that a case misses.
 *
 * @param sample - the documented sample's metrics in the same scenario
 * @param alone - whether the channel has one vendor
 */
export function missed(
  { channel, scenario, contender, metrics }: Judged,
  { sample, alone }: { readonly sample?: Metrics | undefined; readonly alone: boolean },
): Miss[] {
  return thresholds
    .filter(
      ({ vendors = "several", ...threshold }) =>
        threshold.contender === contender &&
        (threshold.scenarios?.includes(scenario) ?? !threshold.except?.includes(scenario)) &&
        (vendors === "any" || (vendors === "one") === alone),
    )
    .map((threshold) => ({
      ...{ channel, scenario, threshold, got: metrics[threshold.metric] },
      ...bounds(threshold, sample),
    }))
    .filter(
      ({ atLeast = -Infinity, atMost = Infinity, got }) =>
        got === null || !(got >= atLeast && got <= atMost),
    );
}
