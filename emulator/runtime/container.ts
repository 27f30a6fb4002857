import { Worker } from "node:worker_threads";
import { ActionCache } from "./cache.ts";
import type { ReportedOutcome, WorkerMessage, WorkerSetup, WorkerTask } from "./protocol.ts";

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

/** One execution, as a container takes it. */
export interface ExecutionInput {
  /** Name of the exported function, e.g. `onExecuteCustomEmailProvider`. */
  readonly handler: string;
  readonly event: unknown;
  /** Lives in the host and outlives the execution. @default an empty one for this run */
  readonly cache?: ActionCache;
  /** Milliseconds that the code may take. @default 20,000, Auth0's limit */
  readonly limitMs?: number;
  /** Ends the execution early, as an error. */
  readonly signal?: AbortSignal;
}

/** One version of an Action, and what it may use. */
export interface ContainerInput {
  /** CommonJS source, as Auth0 stores it. */
  readonly code: string;
  /** Megabytes of heap. @default 128 */
  readonly memoryMb?: number;
  /** PEM certificates that `fetch` trusts in addition to the system's. */
  readonly trust?: readonly string[];
  /** Absolute paths of modules imported before the code, e.g. interceptors of a test. */
  readonly preload?: readonly string[];
}

const loggedCharacters = 256;
// A worker that does not even start within this time never will; a busy machine takes seconds.
const startLimitMs = 60_000;

interface Running {
  readonly hear: (message: WorkerMessage) => void;
  readonly end: (outcome: Outcome) => void;
}

/**
 * A worker that runs one version of an Action, many executions one after another and side by side,
 * as a warm container of Auth0's does: the module is loaded once and its globals stay. Empty
 * `process.env`, limits of memory and time, no modules but Node's own. It guards against mistakes,
 * not against hostile code.
 */
export class ActionContainer {
  readonly #worker: Worker;
  readonly #running = new Map<number, Running>();
  #ended: Outcome | undefined;
  #next = 1;

  constructor({ code, memoryMb = 128, trust = [], preload = [] }: ContainerInput) {
    const workerData: WorkerSetup = { code, trust, preload };
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), {
      workerData,
      env: {},
      execArgv: ["--disable-warning=ExperimentalWarning"],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#worker.on("message", (message: WorkerMessage) => {
      this.#running.get(message.id)?.hear(message);
    });
    this.#worker.once("error", (error) => {
      this.#end({ kind: "error", reason: error instanceof Error ? error.message : String(error) });
    });
    this.#worker.once("exit", () => {
      this.#end({ kind: "error", reason: "the Action ended its process" });
    });
  }

  /** Executions under way. */
  get size(): number {
    return this.#running.size;
  }

  /** Whether another execution may begin here: not after one that took too long or a crash. */
  get usable(): boolean {
    return this.#ended === undefined;
  }

  /** Ends the worker, and what runs in it as an error. */
  async stop(): Promise<void> {
    this.#end({ kind: "error", reason: "stopped from outside" });
    await this.#worker.terminate();
  }

  /**
   * Runs the Action once. Never rejects: an exception, a missing export, too much memory or time is
   * an outcome.
   */
  run(input: ExecutionInput): Promise<ActionRun> {
    const { handler, event, cache = new ActionCache(), limitMs = 20_000, signal } = input;
    const id = this.#next++;
    return new Promise((resolve) => {
      let log = "";
      let startedAt = performance.now();
      const end = (outcome: Outcome): void => {
        if (!this.#running.delete(id)) return;
        clearTimeout(timer);
        signal?.removeEventListener("abort", stopped);
        const ms = Math.round(performance.now() - startedAt);
        const error = outcome.kind === "error" ? { error: outcome.reason } : {};
        resolve({ outcome, log, ms, ...error });
        // One that took too long may hold the thread: nothing new begins here.
        if (this.#ended && this.#running.size === 0) void this.#worker.terminate();
      };
      const timeout = (): void => {
        this.#ended ??= { kind: "timeout" };
        end({ kind: "timeout" });
      };
      let timer = setTimeout(timeout, startLimitMs);
      const stopped = (): void => {
        end({ kind: "error", reason: "stopped from outside" });
      };
      signal?.addEventListener("abort", stopped, { once: true });
      const hear = (message: WorkerMessage): void => {
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
      };
      this.#running.set(id, { hear, end });
      const task: WorkerTask = { id, handler, event, cache: cache.entries() };
      if (signal?.aborted) stopped();
      else if (this.#ended) end(this.#ended);
      else this.#worker.postMessage(task);
    });
  }

  #end(outcome: Outcome): void {
    this.#ended ??= outcome;
    for (const { end } of [...this.#running.values()]) end(outcome);
  }
}
