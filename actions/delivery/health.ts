import type { Cache } from "./io.ts";
import { recall, remember } from "./io.ts";

/** Failures in a row after which a vendor is passed over. */
const strikes = 3;
/** For how long, before one message probes it again. */
const restMs = 60_000;
/** An answer that takes longer than this counts as a failure in a row: the vendor is ailing. */
const slowMs = 2_000;
/** A vendor that has not answered anybody for this long, though asked, is taken to hang. */
const silentMs = 1_500;
/** How long one execution's word that it asked or probes is believed: it may have died. */
const wordMs = 7_000;

/** What is known of one vendor; the names are short since the cache holds 8 kB in all. */
interface Health {
  /** Failures in a row. */
  f: number;
  /** Passed over until this time. */
  u: number;
  /** A probe is under way that began at this time. */
  p: number;
  /** Nothing was answered since this time, when somebody asked. */
  w: number;
}

type Known = Partial<Record<string, Health>>;
const unknown: Health = { f: 0, u: 0, p: 0, w: 0 };

async function load(cache: Cache): Promise<Known> {
  try {
    const known: unknown = JSON.parse(await recall(cache, "health"));
    return typeof known === "object" && known !== null ? known : {};
  } catch {
    return {};
  }
}

async function change(cache: Cache, id: string, to: (health: Health) => Partial<Health>) {
  // Read again each time: other executions write too, and the last word should know the others'.
  const known = await load(cache);
  const before = known[id] ?? unknown;
  const health = { ...before, ...to(before) };
  if (JSON.stringify(health) === JSON.stringify(before)) return;
  await remember(cache, "health", JSON.stringify({ ...known, [id]: health }), 10 * restMs);
}

/** The ids of vendors that are down as far as is known, at a time. */
export async function passedOver(cache: Cache, now: number): Promise<ReadonlySet<string>> {
  const down = Object.entries(await load(cache)).filter(([, health]) => {
    const { u, p, w } = health ?? unknown;
    const probing = u > 0 && now - p < wordMs;
    const silent = w > 0 && now - w > silentMs && now - w < wordMs;
    return u > now || probing || silent;
  });
  return new Set(down.map(([id]) => id));
}

/** Notes that a vendor is being asked. */
export function asking(cache: Cache, id: string, now: number): Promise<void> {
  return change(cache, id, ({ u, p, w }) => ({
    w: now - w < wordMs ? w : now,
    p: u > 0 ? now : p,
  }));
}

/**
 * Notes how a call went.
 * @param answered - whether anything came back, a refusal included
 */
export function asked(
  cache: Cache,
  id: string,
  now: number,
  call: { ms: number; answered: boolean; well: boolean; misconfigured: boolean },
): Promise<void> {
  const prompt = call.answered && call.ms < slowMs;
  return change(cache, id, ({ f, u, p, w }) => {
    if (call.well && prompt) return unknown;
    const failures = call.misconfigured ? strikes : f + 1;
    const rests = failures >= strikes;
    return { f: failures, u: rests ? now + restMs : u, p: rests ? 0 : p, w: prompt ? 0 : w };
  });
}
