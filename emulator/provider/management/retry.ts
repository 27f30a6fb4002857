import { setTimeout as wait } from "node:timers/promises";
import type { Incoming } from "./exchange.ts";

/** How requests are repeated. */
export interface RetryOptions {
  /** Milliseconds before the first repetition after a server's error; doubles each time. */
  readonly delayMs: number;
  /** The current time in milliseconds. */
  readonly clock: () => number;
  readonly signal: AbortSignal;
}

/** Statuses that say that the server, not the request, is at fault. */
const serverErrors: readonly number[] = [500, 502, 503, 504];

/** As the real provider: three more tries. */
const serverErrorRetries = 3;

/** Milliseconds to wait on 429 without an `X-RateLimit-Reset`. */
const unnamedReset = 5_000;

/** The longest single wait on 429, in milliseconds, whatever the header says. */
const longestReset = 60_000;

/** The real provider goes on for ever; a run that is limited this often has another problem. */
const rateLimitRetries = 20;

/**
 * Sends a request until it has an answer worth reading. 429 waits until `X-RateLimit-Reset`;
 * server errors and broken connections are tried three times more.
 *
 * @throws what the last try threw
 */
export async function withRetries(
  send: () => Promise<Incoming>,
  options: RetryOptions,
): Promise<Incoming> {
  let limited = 0;
  let failed = 0;
  for (;;) {
    try {
      const answer = await send();
      if (answer.status === 429 && limited < rateLimitRetries) {
        limited += 1;
        await wait(untilReset(answer, options.clock()), undefined, { signal: options.signal });
        continue;
      }
      if (!serverErrors.includes(answer.status) || failed === serverErrorRetries) return answer;
    } catch (error) {
      if (options.signal.aborted || failed === serverErrorRetries) throw error;
    }
    const delay = options.delayMs * 2 ** failed;
    failed += 1;
    await wait(delay, undefined, { signal: options.signal });
  }
}

/** Milliseconds to wait after a 429, by its `X-RateLimit-Reset` in seconds since 1970. */
export function untilReset(answer: Incoming, now: number): number {
  const seconds = Number(answer.headers["x-ratelimit-reset"]);
  if (!Number.isFinite(seconds)) return unnamedReset;
  return Math.min(Math.max(seconds * 1000 - now, 0), longestReset);
}
