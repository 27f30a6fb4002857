/** Time as the engine sees it, so that tests and rehearsals can run it on a clock of their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back after some milliseconds; the result takes the call back. */
  after(ms: number, call: () => void): () => void;
}

/** `api.cache` of an Action: best effort, and gone at any time. */
export interface Cache {
  get(key: string): unknown;
  set(key: string, value: string, options: { ttl: number }): unknown;
  delete(key: string): unknown;
}

/** All that the engine needs of the world around it. */
export interface Io {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly cache: Cache;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** Resolves after some milliseconds of the given clock. */
export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}

/** A cached text, or an empty one where the cache has none or fails: nothing depends on it. */
export async function recall(cache: Cache, key: string): Promise<string> {
  try {
    const entry = (await cache.get(key)) as { value?: unknown } | undefined;
    return typeof entry?.value === "string" ? entry.value : "";
  } catch {
    return "";
  }
}

/** Caches a text for some milliseconds; a cache that is full or fails is no failure of ours. */
export async function remember(cache: Cache, key: string, value: string, ttl: number) {
  try {
    await cache.set(key, value, { ttl });
  } catch {
    // The next execution knows less, and still delivers.
  }
}
