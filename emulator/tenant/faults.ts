/** What goes wrong for requests that match; `reset` wins over an answer. */
export interface Fault {
  /** Default: any. */
  readonly method?: string;
  /** The whole path without the query, or a pattern; default: any. */
  readonly path?: string | RegExp;
  /** How many requests it hits; default 1. */
  readonly times?: number;
  /** Answer with this status instead of the real one. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: an error in the shape of the Management API. */
  readonly body?: unknown;
  /** Milliseconds before anything is answered. */
  readonly delayMs?: number;
  /**
   * Break the connection off without an answer: before the request is handled, or `"after"`, so
   * that it takes effect and only the answer is lost.
   */
  readonly reset?: boolean | "after";
}

/** Faults that wait for their requests, first come first served. */
export class Faults {
  readonly #pending: { readonly fault: Fault; left: number }[] = [];

  inject(fault: Fault): void {
    this.#pending.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#pending.length = 0;
  }

  /** The fault of a request, which counts as one of its times. */
  take(method: string, path: string): Fault | undefined {
    const index = this.#pending.findIndex(({ fault }) => matches(fault, method, path));
    const found = this.#pending[index];
    if (!found) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#pending.splice(index, 1);
    return found.fault;
  }
}

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.path === undefined) return true;
  return typeof fault.path === "string" ? fault.path === path : fault.path.test(path);
}
