import { ActionContainer } from "./container.ts";
import type { ActionRun, ContainerInput, ExecutionInput } from "./container.ts";

/** Workers for one version of an Action; more would share the same cores. */
const perVersion = 2;
/** Workers that are kept although nothing runs in them, over all versions. */
const idleAtMost = 4;

interface Kept {
  readonly version: string;
  readonly container: ActionContainer;
}

/**
 * Warm workers, by version of an Action: the second execution of a version finds its module loaded.
 * Starting a worker costs about 0.1 s of processor time, an execution in a warm one 2 ms.
 */
export class ActionContainers {
  /** The one that was used last comes last. */
  #kept: Kept[] = [];
  readonly #shared: Omit<ContainerInput, "code">;

  /** @param shared - what all Actions of a tenant may use */
  constructor(shared: Omit<ContainerInput, "code"> = {}) {
    this.#shared = shared;
  }

  /**
   * Runs an Action once. Never rejects.
   *
   * @param version - tells versions apart, e.g. by Action and number
   */
  async run(version: string, code: string, input: ExecutionInput): Promise<ActionRun> {
    const container = this.#take(version, code);
    try {
      return await container.run(input);
    } finally {
      await this.#tidy();
    }
  }

  /** Ends all workers, and what runs in them as an error. */
  async stop(): Promise<void> {
    const all = this.#kept;
    this.#kept = [];
    await Promise.all(all.map(({ container }) => container.stop()));
  }

  #take(version: string, code: string): ActionContainer {
    this.#kept = this.#kept.filter(({ container }) => container.usable);
    const own = this.#kept.filter((one) => one.version === version);
    const [least] = own.sort((one, other) => one.container.size - other.container.size);
    const container =
      least && (least.container.size === 0 || own.length >= perVersion)
        ? least.container
        : new ActionContainer({ ...this.#shared, code });
    this.#kept = [
      ...this.#kept.filter((one) => one.container !== container),
      { version, container },
    ];
    return container;
  }

  async #tidy(): Promise<void> {
    const idle = this.#kept.filter(({ container }) => container.size === 0);
    const surplus = idle.slice(0, Math.max(0, idle.length - idleAtMost));
    this.#kept = this.#kept.filter((one) => !surplus.includes(one));
    await Promise.all(surplus.map(({ container }) => container.stop()));
  }
}
