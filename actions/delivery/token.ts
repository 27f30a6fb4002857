import type { HttpResponse, Verdict } from "../vendors/vendor.ts";
import type { NoAnswer } from "./attempt.ts";
import { attempt } from "./attempt.ts";
import type { Cache, Io } from "./io.ts";
import { recall, remember } from "./io.ts";
import type { Step } from "./plan.ts";

/** A token is fetched anew this long before it expires. */
const marginMs = 60_000;

/**
 * The vendor's bearer token, from the cache or fetched; empty for a vendor without one.
 * @returns the token, or what came instead of it
 */
export async function fetchToken(
  io: Io,
  { id, vendor, settings }: Step<unknown>,
  secrets: Readonly<Record<string, string>>,
  limitMs: number,
): Promise<string | { answer: HttpResponse | NoAnswer; verdict: Verdict }> {
  const source = vendor.token;
  if (!source) return "";
  const cached = await recall(io.cache, `token-${id}`);
  if (cached) return cached;
  const request = await source.request({ settings, secrets, now: io.clock.now() });
  const answer = await attempt(io, request, limitMs);
  if (!("status" in answer))
    // No message went out with it, so nothing is ambiguous.
    return { answer: { ...answer, ambiguous: false }, verdict: { kind: "unavailable" } };
  const read = source.read(answer);
  if (!("token" in read)) return { answer, verdict: read };
  await remember(
    io.cache,
    `token-${id}`,
    read.token,
    Math.max(0, read.lifetimeS * 1000 - marginMs),
  );
  return read.token;
}

/** Forgets a token that the vendor no longer takes. */
export async function forgetToken(cache: Cache, { id, vendor }: Step<unknown>): Promise<void> {
  if (!vendor.token) return;
  try {
    await cache.delete(`token-${id}`);
  } catch {
    // It expires by itself.
  }
}
