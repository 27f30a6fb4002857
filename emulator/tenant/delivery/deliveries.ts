import { setTimeout as sleep } from "node:timers/promises";
import { ActionCache, ActionContainers } from "../../runtime/index.ts";
import type { ActionRun, Outcome } from "../../runtime/index.ts";
import { handlers, runnable } from "../management/action.ts";
import type { ActionVersion, CustomTrigger } from "../management/action.ts";
import type { TenantState } from "../state.ts";
import type { Message } from "./events.ts";
import type { LogType, TenantLog } from "./log.ts";
import { Turns } from "./semaphore.ts";

/** One run of an Action, for those who look from outside. */
export interface Execution {
  readonly trigger: CustomTrigger;
  readonly actionId: string;
  /** Number of the deployed version that ran. */
  readonly version: number;
  /** 1 for the first run of a message, 2 for its first retry. */
  readonly attempt: number;
  /** Auth0's message type. */
  readonly messageType: string;
  /** Address or number of the person. */
  readonly recipient: string;
  readonly outcome: Outcome;
  /** Milliseconds after which the Action runs again; absent after the last run of a message. */
  readonly retryInMs?: number;
  readonly ms: number;
  /** What it logged, at most 256 characters. */
  readonly log: string;
}

export interface DeliveryOptions {
  readonly state: TenantState;
  readonly log: TenantLog;
  /** Milliseconds before each retry. */
  readonly retryDelays: readonly number[];
  readonly executionLimit: number;
  readonly trust: readonly string[];
  readonly preload: readonly string[];
}

const logTypes: Readonly<Record<Outcome["kind"], LogType>> = {
  delivered: "cls",
  retry: "fn",
  drop: "fn",
  error: "actions_execution_failed",
  timeout: "actions_execution_failed",
};

/** Executions of one trigger at once; Auth0 runs 250 of all Actions of a tenant. */
const concurrent = 125;

/**
 * Runs the Actions that deliver messages. An Action that asks for a retry or takes too long runs
 * again; one that throws does not. Auth0 documents the first of these and the rest is assumed.
 */
export class Deliveries {
  readonly executions: Execution[] = [];
  readonly #options: DeliveryOptions;
  readonly #caches = new Map<CustomTrigger, ActionCache>();
  readonly #open = new Set<Promise<void>>();
  readonly #listeners = new Set<(execution: Execution) => void>();
  readonly #stopping = new AbortController();
  // E-mail does not wait for phone messages, nor the other way round.
  readonly #turns = new Map<CustomTrigger, Turns>();
  readonly #containers: ActionContainers;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    const { trust, preload } = options;
    this.#containers = new ActionContainers({ trust, preload });
  }

  /** Calls `listener` after every execution, until the function that it returns is called. */
  onExecution(listener: (execution: Execution) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Takes a message and returns at once; {@link idle} tells when all is done. */
  enqueue(message: Message): void {
    const delivery = this.#deliver(message).finally(() => this.#open.delete(delivery));
    this.#open.add(delivery);
  }

  /** Notes a message that no Action could be asked to send. */
  refuse(message: Message, reason: string): void {
    this.#note(message, "fn", `Not sent: ${reason}`, [], {});
  }

  /**
   * Waits until all messages and their retries are done.
   *
   * @param limitMs - default 60,000
   * @throws Error when that takes longer
   */
  async idle(limitMs = 60_000): Promise<void> {
    const late = new AbortController();
    const limit = sleep(limitMs, "late" as const, { signal: late.signal }).catch(
      () => "late" as const,
    );
    while (this.#open.size > 0)
      if ((await Promise.race([Promise.all(this.#open), limit])) === "late")
        throw new Error(`expected all deliveries to end within ${limitMs} ms, but some go on`);
    late.abort();
  }

  /** Gives up all that is under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#open);
    await this.#containers.stop();
  }

  async #deliver(message: Message): Promise<void> {
    const { signal } = this.#stopping;
    const delays = [0, ...this.#options.retryDelays.slice(0, 5)];
    for (const [index, delay] of delays.entries()) {
      if (delay > 0) await sleep(delay, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const outcome = await this.#attempt(message, index + 1, delays[index + 1]);
      if (outcome?.kind !== "retry" && outcome?.kind !== "timeout") return;
    }
    this.#note(message, "fn", "Not sent: the last retry has failed", [], {});
  }

  async #attempt(
    message: Message,
    attempt: number,
    nextDelay: number | undefined,
  ): Promise<Outcome | undefined> {
    const { state } = this.#options;
    const found = runnable(message.trigger, state.actions, state.bindings);
    if (!found) {
      this.refuse(message, `no deployed Action is bound to ${message.trigger}`);
      return undefined;
    }
    const { action, version } = found;
    const run = await this.#queue(message.trigger).take(() =>
      this.#run(message, action.id, version),
    );
    if (this.#stopping.signal.aborted) return undefined;
    const again = run.outcome.kind === "retry" || run.outcome.kind === "timeout";
    this.#record({
      trigger: message.trigger,
      actionId: action.id,
      version: version.number,
      attempt,
      ...described(message),
      outcome: run.outcome,
      ...(again && nextDelay !== undefined && { retryInMs: nextDelay }),
      ms: run.ms,
      log: run.log,
    });
    const secrets = version.secrets.map(({ value }) => value);
    const details = { trigger: message.trigger, action_id: action.id, attempt, ms: run.ms };
    this.#note(message, logTypes[run.outcome.kind], describe(run.outcome), secrets, details);
    return run.outcome;
  }

  #record(execution: Execution): void {
    this.executions.push(execution);
    for (const listener of [...this.#listeners]) listener(execution);
  }

  #run(message: Message, actionId: string, version: ActionVersion): Promise<ActionRun> {
    const secrets = Object.fromEntries(version.secrets.map(({ name, value }) => [name, value]));
    return this.#containers.run(`${actionId} ${String(version.number)}`, version.code, {
      handler: handlers[message.trigger] ?? "",
      event: { ...message.event, secrets },
      cache: this.#cache(message.trigger),
      limitMs: this.#options.executionLimit,
      signal: this.#stopping.signal,
    });
  }

  #queue(trigger: CustomTrigger): Turns {
    const turns = this.#turns.get(trigger) ?? new Turns(concurrent);
    this.#turns.set(trigger, turns);
    return turns;
  }

  #cache(trigger: CustomTrigger): ActionCache {
    const cache = this.#caches.get(trigger) ?? new ActionCache();
    this.#caches.set(trigger, cache);
    return cache;
  }

  #note(
    message: Message,
    type: LogType,
    description: string,
    secrets: readonly string[],
    details: Readonly<Record<string, unknown>>,
  ): void {
    const { client, connection } = message.surroundings;
    this.#options.log.add({
      type,
      description,
      confidential: [...message.confidential, ...secrets],
      client,
      connection: connection?.name,
      details,
    });
  }
}

/** What kind of message it is, and to whom. */
function described({ event }: Message): { messageType: string; recipient: string } {
  const notification = (event["notification"] ?? {}) as Readonly<Record<string, unknown>>;
  const { message_type: type, to, recipient } = notification;
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return { messageType: text(type), recipient: text(to) || text(recipient) };
}

function describe(outcome: Outcome): string {
  switch (outcome.kind) {
    case "delivered":
      return "Notification sent";
    case "timeout":
      return "The Action took too long";
    case "retry":
      return `Retry requested: ${outcome.reason}`;
    case "drop":
      return `Notification dropped: ${outcome.reason}`;
    case "error":
      return `The Action failed: ${outcome.reason}`;
  }
}
