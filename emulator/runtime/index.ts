export { ActionCache, cacheLimits } from "./cache.ts";
export type { CacheRecord, CacheSetOptions, CacheWriteResult } from "./cache.ts";
export { runAction } from "./run.ts";
export type { ActionRun, Outcome, RunOptions } from "./run.ts";
