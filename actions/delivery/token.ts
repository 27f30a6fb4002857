import type { Secrets, Step } from "./config.ts";
import { httpCall } from "./http.ts";
import type { Io } from "./io.ts";
import { recall, remember } from "./io.ts";
import type { CallResult } from "./job.ts";

/** A token is fetched anew this long before it expires. */
const marginMs = 60_000;

/** A token, and whom to tell that the vendor refuses it. */
export interface Granted {
  readonly token: string;
  readonly refused: () => void;
}

/** Fetches the token of a vendor that declares one; `undefined` for any other. */
export type FetchToken = <M>(
  io: Io,
  step: Step<M>,
  secrets: Secrets,
  limitMs: number,
) => Promise<Granted | CallResult | undefined>;

const refusedTokens = new Set<string>();

/**
 * Fetches a bearer token before a request and keeps it in the cache until shortly before it expires.
 * A token that the vendor refuses is fetched anew for the next request.
 */
export const fetchToken: FetchToken = async (io, { id, vendor, settings }, secrets, limitMs) => {
  const source = vendor.token;
  if (!source) return undefined;
  const entry = `token-${id}`;
  const refused = () => void refusedTokens.add(entry);
  const { token = "" } = refusedTokens.has(entry) ? {} : await recall<{ token: string }>(io, entry);
  if (token) return { token, refused };
  const answer = await httpCall(
    io,
    await source.request({ settings, secrets, now: io.now() }),
    limitMs,
  );
  // No message went out with it, so a lost answer is no reason to ask again.
  if (!answer.status) return { answer: { error: "token" }, verdict: { kind: "not_sent" } };
  const read = source.read(answer);
  if (!("token" in read)) return { answer, verdict: read };
  refusedTokens.delete(entry);
  await remember(io, entry, { token: read.token }, read.lifetimeS * 1000 - marginMs);
  return { token: read.token, refused };
};
