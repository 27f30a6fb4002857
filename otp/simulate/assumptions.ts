import { executionLimitMs, retryPausesMs } from "../../actions/auth0.ts";
import { latency } from "./sandbox/random.ts";

/** What is assumed of Auth0 and of vendors, and printed with every result. Times in milliseconds. */
export const assumed = {
  /** Waits before a failed execution is run again; then Auth0 gives up. */
  retriesMs: retryPausesMs,
  /** Auth0 ends an execution after this time, and counts it as failed. */
  executionMs: executionLimitMs,
  /** How long a healthy vendor takes to answer. */
  healthy: latency(250, 1_500),
  /** How long a slow vendor takes: half of its answers come within 8 s. */
  slow: { medianMs: 8_000, sigma: 0.5 },
  /** How long a resolver takes to say that a name is not there. */
  resolverMs: 30,
  /** When a hanging vendor sends what it took after all: between these times. */
  afterAllMs: [20_000, 60_000],
  /** How long a gateway waits for its vendor before it answers 504. */
  gatewayMs: 5_000,
  /** How long an operation of a slow cache takes. */
  slowCacheMs: 300,
  /** Containers that run the Action and share a cache. */
  containers: 4,
  /** A container that nothing has used for so long is recycled. */
  containerIdleMs: 600_000,
  /** How long a container lives on average; exponentially distributed. */
  containerLifeMs: 1_800_000,
  /** How often a user without a code asks again. */
  asksAgain: 3,
  /** When the first message comes, in milliseconds since 1970. */
  start: Date.UTC(2026, 0, 5, 9),
} as const;

/** The assumptions in words, a line each. */
export const assumptions: readonly string[] = [
  "Auth0 runs a failed execution again 15, 30, 60, 120 and 240 s after the previous failure; a call of retry, an exception, the 20 s limit and a refusal at the limit of executions are failures.",
  "Four containers share one cache with Auth0's limits. Each has module state of its own, serves several executions at once, and is replaced after 10 minutes without work or after 30 minutes on average. Auth0 documents none of this.",
  "A healthy vendor answers in 250 ms (median, lognormal, 1.5 s at the 99th percentile) and finishes what the client aborts.",
  "Messages come independently of each other (Poisson), 20 a second unless the scenario says otherwise.",
];
