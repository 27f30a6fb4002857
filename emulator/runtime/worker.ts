// Runs in a worker thread, from source: Node strips the types, so the syntax must be erasable.
import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire, isBuiltin } from "node:module";
import tls from "node:tls";
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import vm from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { ActionCache } from "./cache.ts";
import type { CacheRecord, CacheSetOptions } from "./cache.ts";
import type { ReportedOutcome, WorkerMessage, WorkerSetup, WorkerTask } from "./protocol.ts";

/** Auth0 cuts the reason of `retry` and `drop` at this many characters. */
const reasonLength = 1024;

const setup = workerData as WorkerSetup;
const builtinRequire = createRequire(import.meta.url);
/** The execution that code runs for, so that its console lines are its own. */
const current = new AsyncLocalStorage<number>();

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

/** Auth0 installs an Action's dependencies; here there is nothing but what Node itself has. */
function requireBuiltin(name: string): unknown {
  if (isBuiltin(name)) return builtinRequire(name);
  throw new Error(`expected a module of Node itself, got "${name}": bundle it into the Action`);
}

function captureConsole(): void {
  const capture = (...values: unknown[]): void => {
    const id = current.getStore();
    if (id !== undefined) send({ id, type: "log", text: format(...values) });
  };
  const methods = ["log", "info", "warn", "error", "debug", "trace"];
  Object.assign(globalThis.console, Object.fromEntries(methods.map((name) => [name, capture])));
}

function cacheApi(
  id: number,
  records: readonly [string, CacheRecord][],
): Pick<ActionCache, "get" | "set" | "delete"> {
  const cache = new ActionCache();
  cache.load(records);
  return {
    get: (key) => cache.get(key),
    set: (key, value, options?: CacheSetOptions) => {
      const result = cache.set(key, value, options);
      if (result.type === "success")
        send({ id, type: "cache.set", key, value, options: options ?? {} });
      return result;
    },
    delete: (key) => {
      const result = cache.delete(key);
      if (result.type === "success") send({ id, type: "cache.delete", key });
      return result;
    },
  };
}

function evaluate(code: string): Record<string, unknown> {
  const module = { exports: {} as Record<string, unknown> };
  const wrapped = `(function (exports, module, require) {${code}\n})`;
  const run = new vm.Script(wrapped, { filename: "action.js" }).runInThisContext() as (
    exports: unknown,
    module: unknown,
    require: unknown,
  ) => void;
  run(module.exports, module, requireBuiltin);
  return module.exports;
}

/** The Action's exports: its module runs once in a worker, as in a container of Auth0's. */
let loaded: Record<string, unknown> | undefined;

async function execute({ id, handler, event, cache }: WorkerTask): Promise<ReportedOutcome> {
  let outcome: ReportedOutcome = { kind: "delivered" };
  const notify = (kind: "retry" | "drop") => (reason: unknown) => {
    outcome = { kind, reason: format("%s", reason).slice(0, reasonLength) };
    return api;
  };
  const api = {
    notification: { retry: notify("retry"), drop: notify("drop") },
    cache: cacheApi(id, cache),
  };
  loaded ??= evaluate(setup.code);
  const run = loaded[handler];
  if (typeof run !== "function")
    return {
      kind: "error",
      reason: `expected the Action to export ${handler}, got ${typeof run}`,
    };
  await (run as (event: unknown, api: unknown) => unknown)(event, api);
  return outcome;
}

async function run(task: WorkerTask): Promise<void> {
  const { id } = task;
  send({ id, type: "started" });
  try {
    send({ id, type: "ended", outcome: await execute(task) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : format("%s", error);
    send({ id, type: "ended", outcome: { kind: "error", reason } });
  }
}

// Once in a worker: each call keeps about 1 MB of native memory for good.
if (setup.trust.length > 0)
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), ...setup.trust]);
for (const file of setup.preload) await import(pathToFileURL(file).href);
captureConsole();
// Listening keeps the thread alive while the Action waits for nothing, until the host's limit.
parentPort?.on("message", (task: WorkerTask) => {
  void current.run(task.id, () => run(task));
});
