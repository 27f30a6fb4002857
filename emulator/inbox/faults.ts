/** One way in which the inbox, as a vendor, misbehaves. */
export interface InboxFault {
  /** The route it concerns; default both. */
  readonly path?: "/send-email" | "/messages";
  /** How many requests it concerns; default 1. */
  readonly times?: number;
  /**
   * Milliseconds until the request is dealt with; default none. Alone it is a slow vendor: the
   * message is delivered in the end, even if the client has gone.
   */
  readonly delayMs?: number;
  /** The status to answer; the message is not delivered. */
  readonly status?: number;
  /** Headers of that answer, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body of that answer; default `{"error": "injected fault"}`. */
  readonly body?: string;
  /** Closes the connection without an answer. */
  readonly reset?: boolean;
  /** Delivers the message although `status` or `reset` says otherwise: the ambiguous failure. */
  readonly delivered?: boolean;
}

/** Faults that tests inject into the inbox; each is used up after `times` requests. */
export interface InboxFaults {
  inject(fault: InboxFault): void;
  clear(): void;
}

export class FaultQueue implements InboxFaults {
  #waiting: { readonly fault: InboxFault; left: number }[] = [];

  inject(fault: InboxFault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault that the next request to `path` meets, oldest first. */
  take(path: string): InboxFault | undefined {
    const next = this.#waiting.find(
      ({ fault, left }) => left > 0 && (fault.path === undefined || fault.path === path),
    );
    if (next === undefined) return undefined;
    next.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return next.fault;
  }
}
