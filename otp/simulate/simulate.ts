import { availableParallelism } from "node:os";
import type { Channel, Environment } from "../../config/environment.ts";
import { channels as allChannels } from "../../config/environment.ts";
import { simulateInWorker } from "./run-in-worker.ts";
import { assumptions } from "./assumptions.ts";
import type { Case, Part, Task } from "./channel.ts";
import { simulateChannel } from "./channel.ts";
import type { Miss } from "./thresholds.ts";
import { stopped } from "./error.ts";
import { goalMessages } from "./thresholds.ts";
import type { Scenario } from "./scenarios.ts";
import { scenarios as allScenarios } from "./scenarios.ts";
import { UserError } from "../../config/user-error.ts";

export interface SimulateOptions {
  /** Default: those that the environment has. */
  readonly channels?: readonly Channel[];
  /** Names of scenarios. Default: all. */
  readonly scenarios?: readonly string[];
  /** Messages a case. Default: 20,000. */
  readonly messages?: number;
  /** The same seed gives the same figures. Default: 1. */
  readonly seed?: number;
  /** Hears of each scenario before it is played. */
  readonly progress?: (step: Progress) => void;
  /** Ends the simulation early. */
  readonly signal?: AbortSignal;
  /** Gives each channel a thread. Default: where there is more than one channel and processor. */
  readonly threads?: boolean;
}

export interface Progress {
  /** Scenarios that were begun before this one, on all channels. */
  readonly done: number;
  readonly of: number;
  readonly channel: Channel;
  readonly title: string;
}

export interface Simulation {
  readonly environment: string;
  /** Vendors by channel, the one that is asked first at the front. */
  readonly vendors: Readonly<Partial<Record<Channel, readonly string[]>>>;
  readonly messages: number;
  readonly seed: number;
  readonly assumptions: readonly string[];
  readonly cases: readonly Case[];
  readonly missed: readonly Miss[];
}

function chosen(names: readonly string[] | undefined): readonly Scenario[] {
  const known = allScenarios.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UserError(`expected a scenario (${known.join(", ")}), got: "${unknown}"`);
  return allScenarios.filter(({ name }) => names?.includes(name) ?? true);
}

/**
 * Simulates outages with the bundles of an environment, and with the documented sample handler
 * beside them.
 *
 * @throws UserError for a scenario or a channel that is not there, and when it is stopped
 */
export async function simulate(
  environment: Environment,
  { channels = allChannels, messages = goalMessages, seed = 1, ...options }: SimulateOptions = {},
): Promise<Simulation> {
  const scenarios = chosen(options.scenarios);
  const own = channels.filter((channel) => environment[channel]);
  if (!own.length)
    throw new UserError(
      `${environment.name}: expected ${channels.join(" or ")} to be there, got: no such channel`,
    );
  const { signal, threads = own.length > 1 && availableParallelism() > 1 } = options;
  const of = own.length * scenarios.length;
  let done = 0;
  const before = (channel: Channel) => (title: string) => {
    options.progress?.({ done: done++, of, channel, title });
  };
  const part = (channel: Channel): Promise<Part | undefined> => {
    const task: Task = { environment, channel, scenarios, messages, seed };
    const hear = before(channel);
    return threads
      ? simulateInWorker(task, hear, signal)
      : simulateChannel(task, ({ title }) => {
          if (signal?.aborted) throw stopped();
          hear(title);
        });
  };
  const made: (Part | undefined)[] = [];
  if (threads) made.push(...(await Promise.all(own.map(part))));
  else for (const channel of own) made.push(await part(channel));
  const parts = made.filter((one) => one !== undefined);
  return {
    environment: environment.name,
    vendors: Object.fromEntries(parts.map(({ channel, vendors }) => [channel, vendors])),
    messages,
    seed,
    assumptions,
    cases: parts.flatMap(({ cases }) => cases),
    missed: parts.flatMap((one) => one.missed),
  };
}
