/** `api.cache` of an Action: best effort, and gone at any time. */
export interface Cache {
  get(key: string): unknown;
  set(key: string, value: string, options: { ttl: number }): unknown;
}

/** All that the engine needs of the world around it, so that tests can be that world. */
export interface Io {
  readonly fetch: typeof fetch;
  readonly cache: Cache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  setTimeout(call: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** What was remembered; `{}` where the cache has nothing, fails, or holds what we did not write. */
export async function recall<T extends object>({ cache }: Io, key: string): Promise<Partial<T>> {
  try {
    const entry = (await cache.get(key)) as { value: string } | undefined;
    return entry ? { ...(JSON.parse(entry.value) as T) } : {};
  } catch {
    return {};
  }
}

/** Remembers for some milliseconds; a full or failing cache is no failure: later we know less. */
export async function remember({ cache }: Io, key: string, value: object, ttl: number) {
  try {
    await cache.set(key, JSON.stringify(value), { ttl });
  } catch {}
}
