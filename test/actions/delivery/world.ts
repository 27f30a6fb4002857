import type { Job } from "../../../actions/delivery/job.ts";
import { alternatives } from "../../../actions/delivery/alternatives.ts";
import { deliver } from "../../../actions/delivery/deliver.ts";
import { identify } from "../../../actions/delivery/identity.ts";
import type { Cache, Io } from "../../../actions/delivery/io.ts";
import type { DeliveryConfig, Step } from "../../../actions/delivery/config.ts";
import { digestsOf } from "../../../actions/delivery/key.ts";
import { Memory } from "../../../actions/delivery/memory.ts";
import type { DeliveryOutcome, Report } from "../../../actions/delivery/report.ts";
import type { SettingsSpec } from "../../../actions/vendors/settings.ts";
import type { Vendor, Verdict } from "../../../actions/vendors/vendor.ts";
import { ActionCache } from "../../../emulator/runtime/cache.ts";
import { VirtualClock } from "../../../otp/simulate/sandbox/clock.ts";

/** What a vendor does with a call: a verdict, a failure of the network, or no answer at all. */
export type Turn = (Verdict | { readonly fails: string } | { readonly hangs: true }) & {
  /** Milliseconds until it does. Default: 100. */
  readonly ms?: number;
  readonly retryAfter?: string;
};

export const accepts: Turn = { kind: "accepted" };
export const rejects: Turn = { kind: "recipient_refused", code: "21610" };
export const misconfigured: Turn = { kind: "account_fault", code: "20003" };
export const unavailable: Turn = { kind: "not_sent" };
export const hangs: Turn = { hangs: true };

type Sent = Record<string, unknown>;

/** A vendor whose answers say what they mean. */
export function vendor(
  name: string,
  more: Partial<Vendor<Sent, SettingsSpec>> = {},
): Vendor<Sent, SettingsSpec> {
  return {
    name,
    idempotent: false,
    request: ({ message, key }) => ({
      method: "POST",
      url: `https://${name}.example/`,
      headers: { "idempotency-key": key },
      body: JSON.stringify(message),
    }),
    verdict: ({ json }) => json as Verdict,
    ...more,
  };
}

/** A step by a vendor of its own, that is called `id`. */
export function step(id: string, more: Partial<Step<Sent>> = {}): Step<Sent> {
  return {
    id,
    medium: "text",
    vendor: vendor(id),
    timeoutMs: 5_000,
    settings: {},
    secrets: (all) => all,
    ...more,
  };
}

/** A call that a vendor got, in milliseconds since the world began. */
export interface Call {
  readonly id: string;
  readonly at: number;
  readonly key: string | undefined;
  readonly body: string;
  /** When it was aborted, if it was. */
  aborted?: number;
}

export interface Delivered {
  readonly outcome: DeliveryOutcome;
  readonly report: Report;
  /** Ids of vendors in the order in which they were asked. */
  readonly asked: readonly string[];
  readonly calls: readonly Call[];
  /** Milliseconds that the execution took. */
  readonly ms: number;
}

/** A message: content tells it from others, all else is as {@link Job} has it. */
export type Message = Partial<Job<Sent>> & {
  readonly content?: string;
  readonly recipient?: string;
  readonly transaction?: string;
};

const digests = digestsOf({ KEY: "test" });

/** Vendors with a script each, a cache and time that waits for nobody. */
export class World {
  readonly began = 1_800_000_000_000;
  readonly clock = new VirtualClock(this.began);
  readonly calls: Call[] = [];
  cache: Cache = new ActionCache(() => this.clock.now());
  /** What this container knows; replace it to play another one. */
  memory = new Memory();
  readonly #scripts: Readonly<Record<string, readonly Turn[]>>;

  /** @param scripts - turns by the vendor's name; the last one is repeated */
  constructor(scripts: Readonly<Record<string, readonly Turn[]>> = {}) {
    this.#scripts = scripts;
  }

  get io(): Io {
    return {
      fetch: (url, request = {}) => this.#fetch(new Request(url).url, request),
      cache: this.cache,
      now: () => this.clock.now(),
      setTimeout: (call, ms) => this.clock.after(ms, call),
      clearTimeout: (stop) => {
        (stop as (() => void) | undefined)?.();
      },
      random: () => 0.5,
    };
  }

  /** Lets time pass until nothing is due, by when a promise must be settled. */
  async run<T>(promise: Promise<T>): Promise<T> {
    // Something must be due when the clock starts: the promise gets to its first wait by then.
    this.clock.after(0, () => undefined);
    await this.clock.run();
    return promise;
  }

  /** Lets some milliseconds pass. */
  async pass(ms: number): Promise<void> {
    this.clock.after(ms, () => undefined);
    await this.clock.run();
  }

  /**
   * One execution.
   *
   * @param message - what is sent; the same content is the same message
   */
  async deliver(
    steps: readonly Step<Sent>[],
    config: Partial<DeliveryConfig<Sent>> = {},
    { content = "0", recipient = content, transaction = "", ...job }: Message = {},
  ): Promise<Delivered> {
    const report: Report = { otp: "failed", type: "otp", medium: "text", attempts: 0, ms: 0 };
    const before = this.calls.length;
    const began = this.clock.now();
    let ended = began;
    const { io, memory } = this;
    const run = async () => {
      memory.running++;
      await memory.read(io);
      const expires = job.expires ?? true;
      const identity = { content: [content], recipient, transaction };
      const { repeated, ...known } = identify(digests, memory, identity, expires, io.now());
      const outcome = repeated
        ? "repeated"
        : await deliver(
            io,
            memory,
            {
              config: {
                deadlineMs: 17_000,
                lifetimeMs: 180_000,
                steps,
                // As bundles have it.
                ...(steps.length > 1 && { alternatives }),
                ...config,
              },
              steps,
              expires,
              message: () => ({}),
              hidden: [],
              secrets: {},
              tokens: memory.tokens,
              began,
              ...known,
              ...job,
            },
            report,
          );
      report.otp = outcome;
      ended = io.now();
      await memory.write(io, outcome === "failed");
      memory.running--;
      return outcome;
    };
    const outcome = await this.run(run());
    const calls = this.calls.slice(before);
    return { outcome, report, asked: calls.map(({ id }) => id), calls, ms: ended - began };
  }

  #fetch(url: string, { headers, body, signal }: RequestInit): Promise<Response> {
    const id = new URL(url).hostname.replace(".example", "");
    const script = this.#scripts[id] ?? [];
    const turn = script[Math.min(this.#asked(id), script.length - 1)];
    if (!turn) throw new Error(`expected a script for ${id}`);
    const at = this.clock.now() - this.began;
    const key = (headers as Record<string, string> | undefined)?.["idempotency-key"];
    const call: Call = { id, at, key, body: String(body as unknown) };
    this.calls.push(call);
    return new Promise((resolve, reject) => {
      signal?.addEventListener("abort", () => {
        call.aborted = this.clock.now() - this.began;
        reject(new DOMException("aborted", "AbortError"));
      });
      if ("hangs" in turn) return;
      this.clock.after(turn.ms ?? 100, () => {
        if ("fails" in turn) reject(new TypeError("failed", { cause: { code: turn.fails } }));
        else resolve(answer(turn));
      });
    });
  }

  #asked(id: string): number {
    return this.calls.filter((call) => call.id === id).length;
  }
}

function answer({ retryAfter, ms: _, ...verdict }: Extract<Turn, Verdict>): Response {
  const statuses = {
    accepted: 202,
    recipient_refused: 400,
    destination_refused: 403,
    account_fault: 401,
    not_sent: 503,
    unknown: 504,
  };
  return new Response(JSON.stringify(verdict), {
    status: statuses[verdict.kind],
    headers: retryAfter === undefined ? {} : { "retry-after": retryAfter },
  });
}
