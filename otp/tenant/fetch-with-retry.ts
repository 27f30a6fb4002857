import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../config/user-error.ts";

export interface Patience {
  /** Is told when and why something is waited for. */
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
  /** The longest wait for one answer, in milliseconds. Default: 30,000. */
  readonly answerMs?: number;
  /** The longest wait for a tenant's rate limit in all, in milliseconds. Default: 300,000. */
  readonly rateLimitMs?: number;
}

/** A broken connection is tried again this often, as Terraform's provider does. */
const tries = 3;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const passing = new Set([502, 503, 504]);

/** Milliseconds until a tenant takes requests again; 5 s where it does not say. */
function pause(headers: Headers): number {
  const after = Number(headers.get("retry-after"));
  if (after > 0) return after * 1000;
  const reset = Number(headers.get("x-ratelimit-reset"));
  // The header has whole seconds: half a second more is never too early.
  return reset > 0 ? Math.min(Math.max(reset * 1000 - Date.now() + 500, 500), 60_000) : 5_000;
}

const certificateCodes =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_)/;

/** Why nothing was answered, in words; Node hides the reason in causes. */
function reason(error: unknown): { readonly got: string; readonly todo?: string } {
  const codes: string[] = [];
  let last = "an unknown error";
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at.name === "TimeoutError") return { got: "no answer in time" };
    last = at.message;
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === "string") codes.push(code);
    if (at instanceof AggregateError) at.cause ??= at.errors[0];
  }
  const code = codes.at(-1) ?? last;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return {
      got: `no address for it (${code})`,
      todo: "check the domain and this machine's network",
    };
  if (certificateCodes.test(code))
    return {
      got: `a certificate that this machine does not trust (${code})`,
      todo: "NODE_EXTRA_CA_CERTS names one to trust",
    };
  return {
    got: `a connection that failed (${code})`,
    todo: "check this machine's network and proxy",
  };
}

/**
 * `fetch` that waits where a tenant asks for it, says so, and says in one line why there is no
 * answer.
 *
 * @throws UserError without an answer, and where the rate limit does not end in time
 */
export function patientFetch({
  say,
  signal,
  answerMs = 30_000,
  rateLimitMs = 300_000,
}: Patience): typeof fetch {
  let waited = 0;
  return async (input, init) => {
    const { host } = new URL(input instanceof Request ? input.url : input);
    const method = init?.method ?? "GET";
    for (let attempt = 1; ; attempt += 1) {
      signal?.throwIfAborted();
      const limits = [AbortSignal.timeout(answerMs), ...(signal ? [signal] : [])];
      const answer = await fetch(input, { ...init, signal: AbortSignal.any(limits) }).catch(
        (error: unknown) => {
          signal?.throwIfAborted();
          // What writes may have taken effect, so only reading is tried again.
          if (method === "GET" && attempt < tries) return undefined;
          throw new UserError(
            { expected: `${host} to answer`, ...reason(error) },
            { cause: error },
          );
        },
      );
      if (answer?.status === 429) {
        const wait = pause(answer.headers);
        waited += wait;
        if (waited > rateLimitMs)
          throw new UserError({
            expected: `${host} to take requests`,
            got: `its rate limit for ${seconds(rateLimitMs)}`,
            todo: "try again when less goes on in this tenant",
          });
        say(`${host} takes no more requests for now (its rate limit); waiting ${seconds(wait)}`);
        await sleep(wait, undefined, { signal });
      } else if (answer && !(method === "GET" && attempt < tries && passing.has(answer.status)))
        return answer;
      else await sleep(attempt * 300, undefined, { signal });
    }
  };
}
