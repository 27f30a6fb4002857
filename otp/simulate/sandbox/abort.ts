type Listener = () => void;

/** What code in a simulation gets as `AbortSignal`: without Node's event machinery, on its clock. */
export class VirtualSignal {
  aborted = false;
  reason: Error | undefined;
  onabort: Listener | null = null;
  #listeners: Listener[] = [];

  addEventListener(_type: string, listener: Listener): void {
    this.#listeners.push(listener);
  }

  removeEventListener(_type: string, listener: Listener): void {
    this.#listeners = this.#listeners.filter((other) => other !== listener);
  }

  throwIfAborted(): void {
    if (this.reason) throw this.reason;
  }

  /** Aborts; for controllers and timeouts. */
  trigger(reason: Error | undefined): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.onabort?.();
    for (const listener of this.#listeners) listener();
  }
}

/** What code in a simulation gets as `AbortController`. */
export class VirtualController {
  readonly signal = new VirtualSignal();

  abort(reason: Error = new DOMException("This operation was aborted", "AbortError")): void {
    this.signal.trigger(reason);
  }
}

/** `AbortSignal` with its static makers. */
export function abortSignal(after: (ms: number, run: () => void) => unknown) {
  return class extends VirtualSignal {
    static timeout(ms: number): VirtualSignal {
      const signal = new VirtualSignal();
      after(ms, () => {
        signal.trigger(new DOMException("The operation timed out", "TimeoutError"));
      });
      return signal;
    }

    static abort(reason?: Error): VirtualSignal {
      const controller = new VirtualController();
      controller.abort(reason);
      return controller.signal;
    }

    static any(signals: readonly VirtualSignal[]): VirtualSignal {
      const signal = new VirtualSignal();
      for (const one of signals) {
        if (one.aborted) signal.trigger(one.reason);
        one.addEventListener("abort", () => {
          signal.trigger(one.reason);
        });
      }
      return signal;
    }
  };
}
