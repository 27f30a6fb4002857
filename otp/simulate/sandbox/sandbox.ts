import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import * as url from "node:url";
import { Script, constants, createContext } from "node:vm";
import type { VirtualSignal } from "./abort.ts";
import { VirtualController, abortSignal } from "./abort.ts";
import type { VirtualClock } from "./clock.ts";
import type { Random } from "./random.ts";
import type { Answer } from "./response.ts";
import { VirtualResponse } from "./response.ts";
import { subtle } from "./subtle.ts";

/** What `fetch` of an Action is handed. */
export interface Request {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The other end of every `fetch`. */
export type Network = (request: Request) => Promise<Answer>;

export interface SandboxOptions {
  readonly clock: VirtualClock;
  readonly network: Network;
  readonly random: Random;
  /** Gets each line that the Action logs. */
  readonly onLog: (line: string) => void;
}

/** An exported handler of an Action. */
export type Handler = (event: unknown, api: unknown) => Promise<unknown>;

interface FetchOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: VirtualSignal;
}

/** `fetch` as an Action sees it: aborted, it rejects, while the other end goes on. */
function fetchOf(network: Network) {
  return (address: string, { headers = {}, body = "", signal }: FetchOptions = {}) =>
    new Promise<VirtualResponse>((resolve, reject) => {
      const aborted = () => {
        reject(signal?.reason ?? new Error("aborted"));
      };
      if (signal?.aborted) {
        aborted();
        return;
      }
      signal?.addEventListener("abort", aborted);
      network({ url: address, headers, body }).then((answer) => {
        resolve(new VirtualResponse(answer));
      }, reject);
    });
}

/** Makes `Date` tell virtual time; runs inside the context, since each has a `Date` of its own. */
const dateSource = `(now) => {
  globalThis.Date = class Date extends globalThis.Date {
    constructor(...given) { if (given.length) super(...given); else super(now()); }
    static now() { return now(); }
  };
}`;

/** What `setTimeout` gives: no event loop waits for it, so `ref` and `unref` change nothing. */
class VirtualTimer {
  readonly cancel: () => void;

  constructor(cancel: () => void) {
    this.cancel = cancel;
  }

  ref = () => this;
  unref = () => this;
}

const modules: Readonly<Record<string, unknown>> = {
  crypto: { createHash, createHmac, timingSafeEqual, webcrypto: { subtle } },
  url,
  buffer: { Buffer },
};

const scripts = new Map<string, Script>();

/** Compiles a source once, however many containers load it. */
function compiled(code: string, filename: string): Script {
  const known = scripts.get(code);
  if (known) return known;
  // Bundles are large: those of the Actions that are compared are kept, not those of all time.
  if (scripts.size >= 8) scripts.clear();
  const script = new Script(code, { filename });
  scripts.set(code, script);
  return script;
}

/**
 * Loads an Action as a fresh container of Auth0's would: in globals of its own, in which all time,
 * chance and traffic are the simulation's.
 *
 * @param code - CommonJS source
 * @param handler - the exported function's name
 * @returns the handler
 */
export function sandbox(code: string, handler: string, options: SandboxOptions): Handler {
  const { clock, network, random, onLog } = options;
  const exports: Record<string, unknown> = {};
  const line = (...parts: readonly unknown[]) => {
    onLog(parts.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(" "));
  };
  const context = createContext(constants.DONT_CONTEXTIFY);
  const run = (source: string) => new Script(source).runInContext(context) as unknown;
  Object.assign(context, {
    exports,
    module: { exports },
    require: (name: string): unknown => {
      const found = modules[name.replace(/^node:/, "")];
      if (found) return found;
      throw new Error(`expected a module that a simulation has, got "${name}"`);
    },
    fetch: fetchOf(network),
    setTimeout: (call: () => void, ms = 0) => new VirtualTimer(clock.after(ms, call)),
    clearTimeout: (timer?: VirtualTimer) => {
      timer?.cancel();
    },
    AbortController: VirtualController,
    AbortSignal: abortSignal((ms, call) => clock.after(ms, call)),
    DOMException,
    Response: VirtualResponse,
    Headers,
    crypto: { subtle },
    console: { log: line, info: line, warn: line, error: line, debug: line },
    performance: { now: () => clock.now() },
    queueMicrotask,
    structuredClone,
    Buffer,
    URL,
    URLSearchParams,
    TextEncoder,
    TextDecoder,
    atob,
    btoa,
  });
  (run(dateSource) as (now: () => number) => void)(() => Math.floor(clock.now()));
  Object.assign(run("Math") as object, { random });
  // Nobody reads the stacks of what is caught, and they cost more than all the rest.
  Object.assign(run("Error") as object, { stackTraceLimit: 0 });
  compiled(code, `${handler}.js`).runInContext(context);
  const exported = exports[handler];
  if (typeof exported !== "function")
    throw new Error(`expected exports.${handler} to be a function, got: ${typeof exported}`);
  return exported as Handler;
}
