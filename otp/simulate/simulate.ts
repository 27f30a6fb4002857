import { availableParallelism } from "node:os";
import type { Channel, Environment } from "../../config/environment.ts";
import { channels as allChannels } from "../../config/environment.ts";
import { UserError } from "../../config/user-error.ts";
import { assumptions } from "./assumptions.ts";
import { simulateInWorker } from "./run-in-worker.ts";
import { scenarios as allScenarios } from "./scenarios.ts";
import type { Case, ChannelResult, ChannelTask } from "./simulate-channel.ts";
import { simulateChannel } from "./simulate-channel.ts";
import { stopped } from "./stopped.ts";
import type { Miss } from "./thresholds.ts";

export interface SimulateOptions {
  /** @default those that the environment has */
  readonly channels?: readonly Channel[];
  /**
   * Names of scenarios.
   *
   * @default all
   */
  readonly scenarios?: readonly string[];
  /**
   * Messages per scenario.
   *
   * @default as many as are enough for each scenario's goals
   */
  readonly messages?: number;
  /**
   * The same seed gives the same figures.
   *
   * @default 1
   */
  readonly seed?: number;
  /** Called before each scenario. */
  readonly progress?: (step: Progress) => void;
  /** Ends the simulation early. */
  readonly signal?: AbortSignal;
  /**
   * Gives each channel a thread.
   *
   * @default true if there is more than one channel and more than one processor
   */
  readonly threads?: boolean;
}

export interface Progress {
  /** Scenarios begun before this one, on all channels. */
  readonly done: number;
  /** Scenarios in all, at most: not every one makes sense on every channel. */
  readonly of: number;
  readonly channel: Channel;
  readonly title: string;
}

export interface Simulation {
  readonly environment: string;
  /** Vendors by channel, the one that gets the first message at the front. */
  readonly vendors: Readonly<Partial<Record<Channel, readonly string[]>>>;
  /** Messages per scenario that were asked for; `null` for as many as are enough. */
  readonly messages: number | null;
  readonly seed: number;
  readonly assumptions: readonly string[];
  readonly cases: readonly Case[];
  readonly missed: readonly Miss[];
}

/** Checks names of scenarios. @throws UserError for one that does not exist */
function checkedNames(names: readonly string[] | undefined): readonly string[] {
  const known = allScenarios.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UserError(`expected a scenario (${known.join(", ")}), got: "${unknown}"`);
  return names ?? known;
}

/**
 * Simulates outages with the bundles of an environment and compares them with the documented sample
 * handler.
 *
 * @throws UserError for a scenario or a channel that does not exist, and when it is stopped
 */
export async function simulate(
  environment: Environment,
  { channels = allChannels, messages, seed = 1, ...options }: SimulateOptions = {},
): Promise<Simulation> {
  const scenarios = checkedNames(options.scenarios);
  const own = channels.filter((channel) => environment[channel]);
  if (!own.length)
    throw new UserError(
      `${environment.name}: expected ${channels.join(" or ")} to be there, got: no such channel`,
    );
  const { signal, threads = own.length > 1 && availableParallelism() > 1 } = options;
  const of = own.length * scenarios.length;
  let done = 0;
  const simulateOne = (channel: Channel): Promise<ChannelResult | undefined> => {
    const sized = messages === undefined ? {} : { messages };
    const task: ChannelTask = { environment, channel, scenarios, seed, ...sized };
    const onScenario = (title: string) => {
      options.progress?.({ done: done++, of, channel, title });
    };
    return threads
      ? simulateInWorker(task, onScenario, signal)
      : simulateChannel(task, ({ title }) => {
          if (signal?.aborted) throw stopped();
          onScenario(title);
        });
  };
  const results: (ChannelResult | undefined)[] = [];
  if (threads) results.push(...(await Promise.all(own.map(simulateOne))));
  else for (const channel of own) results.push(await simulateOne(channel));
  const parts = results.filter((one) => one !== undefined);
  return {
    environment: environment.name,
    vendors: Object.fromEntries(parts.map(({ channel, vendors }) => [channel, vendors])),
    messages: messages ?? null,
    seed,
    assumptions,
    cases: parts.flatMap(({ cases }) => cases),
    missed: parts.flatMap((one) => one.missed),
  };
}
