// Runs in a worker thread, from source: Node strips the types, so the syntax must be erasable.
import { createRequire, isBuiltin } from "node:module";
import tls from "node:tls";
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import vm from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { ActionCache } from "./cache.ts";
import type { CacheSetOptions } from "./cache.ts";
import type { ReportedOutcome, WorkerMessage, WorkerTask } from "./protocol.ts";

/** Auth0 cuts the reason of `retry` and `drop` at this many characters. */
const reasonLength = 1024;

const task = workerData as WorkerTask;
const builtinRequire = createRequire(import.meta.url);

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
    send({ type: "log", text: format(...values) });
  };
  const methods = ["log", "info", "warn", "error", "debug", "trace"];
  Object.assign(globalThis.console, Object.fromEntries(methods.map((name) => [name, capture])));
}

function cacheApi(): Pick<ActionCache, "get" | "set" | "delete"> {
  const cache = new ActionCache();
  cache.load(task.cache);
  return {
    get: (key) => cache.get(key),
    set: (key, value, options?: CacheSetOptions) => {
      const result = cache.set(key, value, options);
      if (result.type === "success")
        send({ type: "cache.set", key, value, options: options ?? {} });
      return result;
    },
    delete: (key) => {
      const result = cache.delete(key);
      if (result.type === "success") send({ type: "cache.delete", key });
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

async function execute(): Promise<ReportedOutcome> {
  let outcome: ReportedOutcome = { kind: "delivered" };
  const notify = (kind: "retry" | "drop") => (reason: unknown) => {
    outcome = { kind, reason: format("%s", reason).slice(0, reasonLength) };
    return api;
  };
  const api = {
    notification: { retry: notify("retry"), drop: notify("drop") },
    cache: cacheApi(),
  };
  const handler = evaluate(task.code)[task.handler];
  if (typeof handler !== "function")
    return {
      kind: "error",
      reason: `expected the Action to export ${task.handler}, got ${typeof handler}`,
    };
  await (handler as (event: unknown, api: unknown) => unknown)(task.event, api);
  return outcome;
}

if (task.trust.length > 0)
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), ...task.trust]);
for (const file of task.preload) await import(pathToFileURL(file).href);
captureConsole();
// Listening keeps the thread alive while the Action waits for nothing, until the host's limit.
parentPort?.on("message", () => undefined);
send({ type: "started" });
try {
  send({ type: "ended", outcome: await execute() });
} catch (error) {
  const reason = error instanceof Error ? error.message : format("%s", error);
  send({ type: "ended", outcome: { kind: "error", reason } });
}
