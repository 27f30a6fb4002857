import { latency } from "./sandbox/random.ts";

/** What is assumed of Auth0 and of vendors, and printed with every result. Times in milliseconds. */
export const assumed = {
  /** Waits before a failed execution is run again; then Auth0 gives up. */
  retriesMs: [15_000, 30_000, 60_000, 120_000, 240_000],
  /** Auth0 ends an execution after this time, and counts it as failed. */
  executionMs: 20_000,
  messagesPerSecond: 20,
  /** How long a healthy vendor takes to answer. */
  healthy: latency(250, 1_500),
  /** How long an ailing vendor takes: half of its answers come within 8 s. */
  slow: { medianMs: 8_000, sigma: 0.5 },
  /** How long a resolver takes to say that a name is not there. */
  resolverMs: 30,
  /** When a hanging vendor sends what it took after all: between these times. */
  afterAllMs: [20_000, 60_000],
  /** Instances of the Action that share a cache. */
  instances: 4,
  /** When the first message comes, in milliseconds since 1970. */
  start: Date.UTC(2026, 0, 5, 9),
} as const;

/** The assumptions in words, a line each. */
export const assumptions: readonly string[] = [
  "Auth0 runs a failed execution again 15, 30, 60, 120 and 240 s after the failure before; a call of retry, an exception and the 20 s limit are failures.",
  "A healthy vendor answers in 250 ms (median, lognormal, 1.5 s at the 99th percentile) and finishes what the client aborts.",
  "20 messages a second; 4 instances of the Action share one cache with Auth0's limits.",
];
