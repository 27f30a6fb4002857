/** How long to wait before asking again, and for what reason. */
export interface Pause {
  readonly ms: number;
  readonly why: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
}

/** Requests are made at most this often. */
const mostTries = 6;

/** Seconds that a limit of the rate asks for, by either of GitHub's headers. */
function limitSeconds({ headers }: Answer): number | undefined {
  const after = headers.get("retry-after");
  if (after !== null && /^\d+$/.test(after)) return Number(after);
  const reset = headers.get("x-ratelimit-reset");
  if (headers.get("x-ratelimit-remaining") !== "0" || reset === null) return undefined;
  return Math.max(1, Math.ceil(Number(reset) - Date.now() / 1000));
}

/**
 * Whether and when a request is made again: after faults of the network and of the server, and when
 * GitHub limits the rate (403 or 429 with `Retry-After`, or with nothing remaining).
 *
 * @param tries - how many requests it would be then
 * @param answer - undefined where none came
 * @param firstMs - the first pause in milliseconds, doubled each time
 * @returns undefined where asking again is of no use
 */
export function pauseBefore(
  tries: number,
  answer: Answer | undefined,
  firstMs = 1_000,
): Pause | undefined {
  if (tries > mostTries) return undefined;
  const ms = firstMs * 2 ** (tries - 2);
  if (answer === undefined) return { ms, why: "the network or GitHub is at fault" };
  if (answer.status === 403 || answer.status === 429) {
    const seconds = limitSeconds(answer);
    if (seconds !== undefined) return { ms: seconds * 1_000, why: "GitHub limits the rate" };
    // Without a header it is a secondary limit for 429, and a missing permission for 403.
    return answer.status === 429 ? { ms, why: "GitHub limits the rate" } : undefined;
  }
  if (answer.status >= 500 || (answer.status < 300 && answer.data === undefined))
    return { ms, why: "GitHub is at fault" };
  return undefined;
}
