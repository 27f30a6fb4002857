import type { CacheRecord, CacheSetOptions } from "./cache.ts";

/** What a worker is made with: one version of an Action. */
export interface WorkerSetup {
  readonly code: string;
  readonly trust: readonly string[];
  readonly preload: readonly string[];
}

/** What the host asks of a worker: to run the Action once. */
export interface WorkerTask {
  /** Tells the executions of a worker apart. */
  readonly id: number;
  readonly handler: string;
  readonly event: unknown;
  readonly cache: readonly [string, CacheRecord][];
}

/** What a worker tells the host of an execution. */
export type WorkerMessage = { readonly id: number } & (
  | { readonly type: "started" }
  | { readonly type: "log"; readonly text: string }
  | {
      readonly type: "cache.set";
      readonly key: string;
      readonly value: string;
      readonly options: CacheSetOptions;
    }
  | { readonly type: "cache.delete"; readonly key: string }
  | { readonly type: "ended"; readonly outcome: ReportedOutcome }
);

/** How an execution ended, as far as the Action itself can tell. */
export type ReportedOutcome =
  | { readonly kind: "delivered" }
  | { readonly kind: "retry" | "drop"; readonly reason: string }
  | { readonly kind: "error"; readonly reason: string };
