import type { Secrets, Step } from "./config.ts";
import { httpCall } from "./http.ts";
import type { Io } from "./io.ts";
import { readCache, writeCache } from "./io.ts";
import type { CallResult } from "./job.ts";

/** A token is fetched anew this long before it expires. */
const marginMs = 60_000;
/** A longer token stays in the container: the cache is needed for more than that. */
const mostCachedBytes = 1_900;

/** A token, and whether an earlier execution fetched it. */
export interface Granted {
  readonly token: string;
  readonly kept: boolean;
}

/** Tokens that a container holds, by the step's id; times in milliseconds since 1970. */
export type Tokens = Map<string, { readonly token: string; readonly until: number }>;

/** What a token is fetched with. */
export interface TokenOptions {
  readonly secrets: Secrets;
  readonly tokens: Tokens;
  /** The one that was kept is refused. */
  readonly fresh: boolean;
  readonly limitMs: number;
  readonly abort: AbortController;
}

/** Gets the token of a vendor that declares one; `undefined` for any other. */
export type FetchToken = <M>(
  io: Io,
  step: Step<M>,
  options: TokenOptions,
) => Promise<Granted | CallResult | undefined>;

/** What the cache holds: the token behind the time until which it is used. */
function read(text: string): { readonly token: string; readonly until: number } {
  const [until = "", token = ""] = text.split(" ");
  return { token, until: Number(until) };
}

/** Gets a bearer token, kept from before or new, and keeps it until shortly before it expires. */
export const fetchToken: FetchToken = async (
  io,
  { id, vendor, settings },
  { secrets, tokens, fresh, limitMs, abort },
) => {
  const source = vendor.token;
  if (!source) return undefined;
  const entry = `token-${id}`;
  if (!fresh) {
    let kept = tokens.get(id);
    if (!kept || kept.until <= io.now()) kept = read(await readCache(io, entry));
    if (kept.token && kept.until > io.now()) {
      tokens.set(id, kept);
      return { token: kept.token, kept: true };
    }
  }
  const request = await source.request({ settings, secrets, now: io.now() });
  const answer = await httpCall(io, request, limitMs, abort);
  if (answer.error === "header") return { answer, verdict: { kind: "account_fault" } };
  // No message went out with it, so a lost answer is no reason to fear a duplicate.
  if (answer.error !== undefined)
    return { answer: { error: "token" }, verdict: { kind: "not_sent" } };
  const given = source.read(answer);
  if (!("token" in given)) return { answer, verdict: given };
  const { token } = given;
  const ttl = given.lifetimeS * 1000 - marginMs;
  const until = io.now() + ttl;
  if (ttl > 0) {
    tokens.set(id, { token, until });
    if (token.length <= mostCachedBytes) await writeCache(io, entry, `${until} ${token}`, ttl);
  }
  return { token, kept: false };
};
