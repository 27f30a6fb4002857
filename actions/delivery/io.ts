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

/** The most that one operation of the cache may take, in milliseconds. */
export const cacheLimitMs = 200;

/** One operation of the cache: `undefined` if it fails or takes too long; then we know less. */
async function bounded(io: Io, operation: () => unknown): Promise<unknown> {
  let timer: unknown;
  try {
    const result = operation();
    // Not `instanceof`: the cache may come from another realm.
    if (typeof result !== "object" || !result || !("then" in result)) return result;
    const late = new Promise<undefined>((resolve) => {
      timer = io.setTimeout(() => {
        resolve(undefined);
      }, cacheLimitMs);
    });
    return await Promise.race([result as Promise<unknown>, late]);
  } catch {
    return undefined;
  } finally {
    if (timer !== undefined) io.clearTimeout(timer);
  }
}

/** What the cache holds under a key: empty if there is nothing, or nothing in time. */
export async function readCache(io: Io, key: string): Promise<string> {
  const entry = (await bounded(io, () => io.cache.get(key))) as { value?: unknown } | undefined;
  return typeof entry?.value === "string" ? entry.value : "";
}

/** Writes a value for some milliseconds; a full or failing cache is no failure. */
export async function writeCache(io: Io, key: string, value: string, ttl: number): Promise<void> {
  await bounded(io, () => io.cache.set(key, value, { ttl }));
}
