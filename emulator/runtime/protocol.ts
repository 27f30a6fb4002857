import type { CacheRecord, CacheSetOptions } from "./cache.ts";

/** What the host gives a worker to run one Action once. */
export interface WorkerTask {
  readonly code: string;
  readonly handler: string;
  readonly event: unknown;
  readonly cache: readonly [string, CacheRecord][];
  readonly trust: readonly string[];
  readonly preload: readonly string[];
}

/** What a worker tells the host while it runs. */
export type WorkerMessage =
  | { readonly type: "started" }
  | { readonly type: "log"; readonly text: string }
  | {
      readonly type: "cache.set";
      readonly key: string;
      readonly value: string;
      readonly options: CacheSetOptions;
    }
  | { readonly type: "cache.delete"; readonly key: string }
  | { readonly type: "ended"; readonly outcome: ReportedOutcome };

/** How an execution ended, as far as the Action itself can tell. */
export type ReportedOutcome =
  | { readonly kind: "delivered" }
  | { readonly kind: "retry" | "drop"; readonly reason: string }
  | { readonly kind: "error"; readonly reason: string };
