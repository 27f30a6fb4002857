interface Due {
  readonly at: number;
  /** Orders what is due at the same time. */
  readonly turn: number;
  run: (() => void) | undefined;
}

const before = (a: Due, b: Due) => a.at < b.at || (a.at === b.at && a.turn < b.turn);

/** Events between two looks at the real world, so that an interrupt is noticed. */
const breath = 20_000;

/**
 * Resolves when all promises that can go on have gone on: a tick that is asked for inside a
 * microtask comes after the last of them.
 */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    queueMicrotask(() => {
      process.nextTick(resolve);
    });
  });
}

/** Time that passes from event to event, without waiting. */
export class VirtualClock {
  #now: number;
  #turn = 0;
  /** A binary heap: what is due first stands first. */
  readonly #due: Due[] = [];

  /** @param start - milliseconds since 1970 */
  constructor(start: number) {
    this.#now = start;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#now;
  }

  /** Calls back after some milliseconds; the result takes the call back. */
  after(ms: number, run: () => void): () => void {
    const due: Due = { at: this.#now + Math.max(0, ms), turn: this.#turn++, run };
    this.#push(due);
    return () => {
      due.run = undefined;
    };
  }

  /** Lets time pass until nothing is due any more; promises settle between two events. */
  async run(): Promise<void> {
    for (let events = 1, due = this.#pop(); due; due = this.#pop()) {
      if (!due.run) continue;
      this.#now = due.at;
      due.run();
      await (events++ % breath ? settled() : new Promise((resolve) => setImmediate(resolve)));
    }
  }

  #push(due: Due): void {
    const heap = this.#due;
    let index = heap.length;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (!parent || before(parent, due)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = due;
  }

  #pop(): Due | undefined {
    const heap = this.#due;
    const [first] = heap;
    const last = heap.pop();
    if (!last || !first || !heap.length) return first;
    let index = 0;
    for (;;) {
      let below = 2 * index + 1;
      let child = heap[below];
      const other = heap[below + 1];
      if (child && other && before(other, child)) {
        child = other;
        below++;
      }
      if (!child || before(last, child)) break;
      heap[index] = child;
      index = below;
    }
    heap[index] = last;
    return first;
  }
}
