import { Worker } from "node:worker_threads";
import { ActionCache } from "./cache.ts";
import type { ReportedOutcome, WorkerMessage, WorkerTask } from "./protocol.ts";

/** How one execution of an Action ended. `delivered` is what Auth0 takes silence for. */
export type Outcome = ReportedOutcome | { readonly kind: "timeout" };

/** One execution of an Action, as the host saw it. */
export interface ActionRun {
  readonly outcome: Outcome;
  /** What the Action wrote with `console`, cut at the 256 characters that Auth0 keeps. */
  readonly log: string;
  /** Milliseconds from the start of the code to its end. */
  readonly ms: number;
  /** The message of the exception that ended it, if one did. */
  readonly error?: string;
}

export interface RunOptions {
  /** CommonJS source, as Auth0 stores it. */
  readonly code: string;
  /** Name of the exported function, e.g. `onExecuteCustomEmailProvider`. */
  readonly handler: string;
  readonly event: unknown;
  /** Lives in the host and outlives the execution; default: an empty one for this run. */
  readonly cache?: ActionCache;
  /** Milliseconds that the code may take; default 20,000, Auth0's limit. */
  readonly limitMs?: number;
  /** Megabytes of heap; default 128. */
  readonly memoryMb?: number;
  /** PEM certificates that `fetch` trusts beside the system's. */
  readonly trust?: readonly string[];
  /** Absolute paths of modules imported before the code, e.g. interceptors of a test. */
  readonly preload?: readonly string[];
  /** Ends the execution early, as an error. */
  readonly signal?: AbortSignal;
}

const loggedCharacters = 256;
// A worker that does not even start within this time never will; a busy machine takes seconds.
const startLimitMs = 60_000;

/**
 * Runs an Action once in a worker of its own: empty `process.env`, memory and time limits, no
 * modules but Node's own. It guards against mistakes, not against hostile code. Never rejects: an
 * exception, a missing export, too much memory or time is an outcome.
 */
export async function runAction(options: RunOptions): Promise<ActionRun> {
  const cache = options.cache ?? new ActionCache();
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: task(options, cache),
    env: {},
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb ?? 128 },
  });
  worker.stdout.resume();
  worker.stderr.resume();
  try {
    return await follow(worker, cache, options);
  } finally {
    await worker.terminate();
  }
}

function task(options: RunOptions, cache: ActionCache): WorkerTask {
  return {
    code: options.code,
    handler: options.handler,
    event: options.event,
    cache: cache.entries(),
    trust: options.trust ?? [],
    preload: options.preload ?? [],
  };
}

function follow(worker: Worker, cache: ActionCache, options: RunOptions): Promise<ActionRun> {
  const { limitMs = 20_000, signal } = options;
  return new Promise((resolve) => {
    let log = "";
    let startedAt = performance.now();
    const end = (outcome: Outcome): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stopped);
      const ms = Math.round(performance.now() - startedAt);
      const error = outcome.kind === "error" ? { error: outcome.reason } : {};
      resolve({ outcome, log, ms, ...error });
    };
    const timeout = (): void => {
      end({ kind: "timeout" });
    };
    let timer = setTimeout(timeout, startLimitMs);
    const stopped = (): void => {
      end({ kind: "error", reason: "stopped from outside" });
    };
    signal?.addEventListener("abort", stopped, { once: true });
    worker.on("message", (message: WorkerMessage) => {
      switch (message.type) {
        case "started":
          clearTimeout(timer);
          startedAt = performance.now();
          timer = setTimeout(timeout, limitMs);
          break;
        case "log":
          log = `${log}${log && "\n"}${message.text}`.slice(0, loggedCharacters);
          break;
        case "cache.set":
          cache.set(message.key, message.value, message.options);
          break;
        case "cache.delete":
          cache.delete(message.key);
          break;
        case "ended":
          end(message.outcome);
          break;
      }
    });
    worker.once("error", (error) => {
      end({ kind: "error", reason: error instanceof Error ? error.message : String(error) });
    });
    worker.once("exit", () => {
      end({ kind: "error", reason: "the Action ended its process" });
    });
  });
}
