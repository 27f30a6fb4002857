import type {
  CacheRecord,
  CacheSetOptions,
  CacheWriteResult,
} from "../../emulator/runtime/cache.ts";
import { ActionCache } from "../../emulator/runtime/cache.ts";
import { assumed } from "./assumptions.ts";
import type { CacheFault } from "./scenario.ts";
import type { VirtualClock } from "./sandbox/clock.ts";
import type { Random } from "./sandbox/random.ts";

/** `api.cache`, which may answer at once or later. */
export interface SandboxCache {
  get(key: string): CacheRecord | undefined | Promise<CacheRecord | undefined>;
  set(
    key: string,
    value: string,
    options?: CacheSetOptions,
  ): CacheWriteResult | Promise<CacheWriteResult>;
  delete(key: string): CacheWriteResult | Promise<CacheWriteResult>;
}

const refused = { type: "error", code: "FailedToSetCacheRecord" } as const;
const pending = () => new Promise<never>(() => undefined);

/** A cache with Auth0's limits, with what a scenario does to it. */
export function cacheWith(
  fault: CacheFault | undefined,
  clock: VirtualClock,
  random: Random,
): SandboxCache {
  const cache = new ActionCache(() => clock.now());
  switch (fault) {
    case "off":
      return { get: () => undefined, set: () => refused, delete: () => refused };
    case "hangs":
      return { get: pending, set: pending, delete: pending };
    case "loses-half":
      return {
        get: (key) => {
          if (random() < 0.5) cache.delete(key);
          return cache.get(key);
        },
        set: (key, value, options) => cache.set(key, value, options),
        delete: (key) => cache.delete(key),
      };
    case "slow": {
      const later = <T>(operation: () => T) =>
        new Promise<T>((resolve) => {
          clock.after(assumed.slowCacheMs, () => {
            resolve(operation());
          });
        });
      return {
        get: (key) => later(() => cache.get(key)),
        set: (key, value, options) => later(() => cache.set(key, value, options)),
        delete: (key) => later(() => cache.delete(key)),
      };
    }
    default:
      return cache;
  }
}
