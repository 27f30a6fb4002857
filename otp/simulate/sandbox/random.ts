/** Uniform in [0, 1), the same sequence for the same seed. */
export type Random = () => number;

/** A small generator (mulberry32) that is good enough for simulations and nothing else. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed made of another and a name, so that cases do not share their chances. */
export function seedOf(seed: number, name: string): number {
  let hash = seed ^ 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** How long answers take. */
export interface Latency {
  /** Milliseconds that half of the answers stay under. */
  readonly medianMs: number;
  /** Standard deviation of the logarithm. */
  readonly sigma: number;
}

/** Lognormal with a 99th percentile: the normal distribution's lies at 2.326 deviations. */
export function latency(medianMs: number, p99Ms: number): Latency {
  return { medianMs, sigma: Math.log(p99Ms / medianMs) / 2.3263 };
}

/** Milliseconds, drawn (Box-Muller). */
export function draw({ medianMs, sigma }: Latency, random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return medianMs * Math.exp(sigma * normal);
}
