import { randomUUID } from "node:crypto";
import type { Delivered, Message } from "./delivered.ts";

/** The messages that are kept, newest first, and who wants to hear of the next. */
export class Mailbox {
  readonly limit: number;
  readonly #listeners = new Set<(message: Delivered) => void>();
  readonly #abandoned = new AbortController();
  #kept: readonly Delivered[] = [];

  /** @param limit - how many messages are kept; beyond that the oldest go */
  constructor(limit: number) {
    this.limit = limit;
  }

  get messages(): readonly Delivered[] {
    return this.#kept;
  }

  add(message: Message): Delivered {
    const delivered: Delivered = { ...message, id: randomUUID(), at: Date.now() };
    this.#kept = [delivered, ...this.#kept].slice(0, this.limit);
    for (const listener of [...this.#listeners]) listener(delivered);
    return delivered;
  }

  /** Calls `listener` for every later message, until the function it returns is called. */
  listen(listener: (message: Delivered) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /**
   * The newest kept message that matches, or the next one that does.
   * @throws Error when none came within `timeoutMs` milliseconds, or the inbox stopped
   */
  waitFor(match: (message: Delivered) => boolean, timeoutMs: number): Promise<Delivered> {
    const kept = this.#kept.find(match);
    if (kept !== undefined) return Promise.resolve(kept);
    return new Promise((resolve, reject) => {
      const stopped = this.#abandoned.signal;
      const end = (): void => {
        clearTimeout(timer);
        forget();
        stopped.removeEventListener("abort", abandon);
      };
      const fail = (reason: string): void => {
        end();
        reject(new Error(`expected a message in the inbox, got ${reason}`));
      };
      const abandon = (): void => {
        fail("none before it stopped");
      };
      const timer = setTimeout(() => {
        fail(`none that matches within ${timeoutMs} ms (${this.#kept.length} others are there)`);
      }, timeoutMs);
      const forget = this.listen((message) => {
        if (!match(message)) return;
        end();
        resolve(message);
      });
      if (stopped.aborted) abandon();
      else stopped.addEventListener("abort", abandon);
    });
  }

  /** Lets go of everyone who waits. */
  close(): void {
    this.#abandoned.abort();
    this.#listeners.clear();
  }
}
