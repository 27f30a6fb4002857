/** What `api.cache.get` gives: the value and when it goes, in milliseconds since 1970. */
export interface CacheRecord {
  readonly value: string;
  readonly expires_at: number;
}

/** What `api.cache.set` and `delete` answer; a refused write is an answer, never an exception. */
export type CacheWriteResult =
  | { readonly type: "success"; readonly record?: CacheRecord }
  | { readonly type: "error"; readonly code: CacheErrorCode };

export type CacheErrorCode =
  | "CacheKeySizeExceeded"
  | "CacheValueSizeExceeded"
  | "CacheSizeExceeded"
  | "ItemAlreadyExpired"
  | "InvalidExpiry"
  | "FailedToSetCacheRecord"
  | "CacheKeyDoesNotExist";

/** When a record goes, in milliseconds: from now, or since 1970. The earlier one counts. */
export interface CacheSetOptions {
  readonly ttl?: number;
  readonly expires_at?: number;
}

/** Auth0's limits of one trigger's cache; sizes in bytes, times in milliseconds. */
export const cacheLimits = {
  entries: 20,
  keyBytes: 64,
  valueBytes: 4096,
  totalBytes: 8192,
  maxTtl: 24 * 60 * 60 * 1000,
  defaultTtl: 15 * 60 * 1000,
} as const;

/**
 * The cache of one trigger, with Auth0's limits. Auth0 documents that a failed write answers
 * `{type: "error", code}`; which code stands for a 21st entry is not documented and assumed here.
 */
export class ActionCache {
  readonly #records = new Map<string, CacheRecord>();
  readonly #clock: () => number;

  /** @param clock - milliseconds since 1970 */
  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  get(key: string): CacheRecord | undefined {
    this.#expire();
    return this.#records.get(key);
  }

  set(key: string, value: string, options: CacheSetOptions = {}): CacheWriteResult {
    this.#expire();
    const refused = this.#refusal(key, value);
    if (refused) return { type: "error", code: refused };
    const now = this.#clock();
    const expiry = expiresAt(options, now);
    if (Number.isNaN(expiry)) return { type: "error", code: "InvalidExpiry" };
    if (expiry <= now) return { type: "error", code: "ItemAlreadyExpired" };
    const record = { value, expires_at: Math.min(expiry, now + cacheLimits.maxTtl) };
    this.#records.set(key, record);
    return { type: "success", record };
  }

  delete(key: string): CacheWriteResult {
    this.#expire();
    return this.#records.delete(key)
      ? { type: "success" }
      : { type: "error", code: "CacheKeyDoesNotExist" };
  }

  /** All records that are alive, for a worker to start with. */
  entries(): [string, CacheRecord][] {
    this.#expire();
    return [...this.#records];
  }

  /** Takes over what {@link entries} gave, without asking the limits again. */
  load(entries: Iterable<[string, CacheRecord]>): void {
    for (const [key, record] of entries) this.#records.set(key, record);
  }

  #refusal(key: unknown, value: unknown): CacheErrorCode | undefined {
    if (typeof key !== "string" || typeof value !== "string") return "FailedToSetCacheRecord";
    if (Buffer.byteLength(key) > cacheLimits.keyBytes) return "CacheKeySizeExceeded";
    if (Buffer.byteLength(value) > cacheLimits.valueBytes) return "CacheValueSizeExceeded";
    const others = [...this.#records].filter(([other]) => other !== key);
    const bytes = others.reduce(
      (sum, [other, record]) => sum + Buffer.byteLength(other) + Buffer.byteLength(record.value),
      Buffer.byteLength(key) + Buffer.byteLength(value),
    );
    if (others.length >= cacheLimits.entries || bytes > cacheLimits.totalBytes)
      return "CacheSizeExceeded";
    return undefined;
  }

  #expire(): void {
    const now = this.#clock();
    for (const [key, record] of this.#records)
      if (record.expires_at <= now) this.#records.delete(key);
  }
}

function expiresAt(options: CacheSetOptions, now: number): number {
  if (options.ttl === undefined && options.expires_at === undefined)
    return now + cacheLimits.defaultTtl;
  return Math.min(now + (options.ttl ?? Infinity), options.expires_at ?? Infinity);
}
