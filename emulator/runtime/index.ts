export { ActionCache, cacheLimits } from "./cache.ts";
export type { CacheRecord, CacheSetOptions, CacheWriteResult } from "./cache.ts";
export type { ActionRun, ExecutionInput, Outcome } from "./container.ts";
export { ActionContainers } from "./containers.ts";
export { runAction } from "./run.ts";
export type { RunOptions } from "./run.ts";
