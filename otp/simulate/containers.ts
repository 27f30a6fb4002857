import { assumed } from "./assumptions.ts";
import type { Handler } from "./sandbox/sandbox.ts";
import type { Random } from "./sandbox/random.ts";

interface Container {
  readonly handler: Handler;
  /** When it is replaced at the latest; milliseconds since 1970. */
  readonly until: number;
  usedAt: number;
}

/**
 * The containers that Auth0 runs an Action in. Each has module state of its own, serves several
 * executions at once, and is replaced by a fresh one after its time or when nothing used it.
 */
export class Containers {
  readonly #places: (Container | undefined)[];
  readonly #load: () => Handler;
  readonly #random: Random;

  /** @param load - loads the Action anew, as a fresh container does */
  constructor(load: () => Handler, random: Random) {
    this.#load = load;
    this.#random = random;
    this.#places = Array.from({ length: assumed.containers });
  }

  /** The handler of the container that serves an execution now. */
  handler(now: number): Handler {
    const place = Math.floor(this.#random() * this.#places.length);
    let container = this.#places[place];
    if (!container || now >= container.until || now - container.usedAt >= assumed.containerIdleMs) {
      const livesMs = -Math.log(1 - this.#random()) * assumed.containerLifeMs;
      container = { handler: this.#load(), until: now + livesMs, usedAt: now };
      this.#places[place] = container;
    }
    container.usedAt = now;
    return container.handler;
  }
}
