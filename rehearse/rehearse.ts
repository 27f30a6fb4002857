import type { Channel, Environment } from "../environments/schema/environment.ts";
import { channels as allChannels } from "../environments/schema/environment.ts";
import { environmentActor } from "./actor.ts";
import { assumptions } from "./assumptions.ts";
import { curve } from "./curve.ts";
import type { Figures } from "./figures.ts";
import { figures } from "./figures.ts";
import type { Miss, Player } from "./goals.ts";
import { goalMessages, missed } from "./goals.ts";
import type { Actor } from "./play.ts";
import { play } from "./play.ts";
import { sampleActor } from "./sample/actor.ts";
import type { Scenario } from "./scenarios.ts";
import { scenarios as allScenarios } from "./scenarios.ts";

export interface RehearseOptions {
  /** Default: those that the environment has. */
  readonly channels?: readonly Channel[];
  /** Names of scenarios. Default: all. */
  readonly scenarios?: readonly string[];
  /** Messages a case. Default: 20,000. */
  readonly messages?: number;
  /** The same seed gives the same figures. Default: 1. */
  readonly seed?: number;
  /** Hears of each case before it is played. */
  readonly progress?: (step: Progress) => void;
  /** Ends the rehearsal after the case that is being played. */
  readonly signal?: AbortSignal;
}

export interface Progress {
  readonly done: number;
  readonly of: number;
  readonly channel: Channel;
  readonly title: string;
}

/** One scenario on one channel, as one player got through it. */
export interface Case {
  readonly channel: Channel;
  readonly scenario: string;
  readonly title: string;
  readonly player: Player;
  readonly figures: Figures;
  /** Share delivered at each of the times of `curveTimesMs`. */
  readonly curve: readonly number[];
}

export interface Rehearsal {
  readonly environment: string;
  /** Vendors by channel, the one that is asked first at the front. */
  readonly vendors: Readonly<Partial<Record<Channel, readonly string[]>>>;
  readonly messages: number;
  readonly seed: number;
  readonly assumptions: readonly string[];
  readonly cases: readonly Case[];
  readonly missed: readonly Miss[];
}

/** What a user can put right; one line. */
export class RehearsalError extends Error {
  override readonly name = "RehearsalError";
}

/** The sample and the forgetful cache are for comparison: a part of the messages is enough. */
const parts: Readonly<Record<Player, number>> = { ours: 1, forgetful: 8, sample: 8 };
const leastMessages = 2_000;

function chosen(names: readonly string[] | undefined): readonly Scenario[] {
  const known = allScenarios.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new RehearsalError(`expected a scenario (${known.join(", ")}), got: "${unknown}"`);
  return allScenarios.filter(({ name }) => names?.includes(name) ?? true);
}

async function perform(
  actor: Actor,
  scenario: Scenario,
  player: Player,
  messages: number,
  seed: number,
): Promise<Case> {
  const count = Math.min(messages, Math.max(leastMessages, Math.round(messages / parts[player])));
  const forgetful = player === "forgetful";
  const played = await play(actor, scenario, { messages: count, seed, forgetful });
  // The sample sends no key, so no vendor could know a message again by it.
  const keyed = new Set(
    actor.listeners.filter(({ answers }) => answers.key && player !== "sample").map(({ id }) => id),
  );
  return {
    channel: actor.channel,
    scenario: scenario.name,
    title: scenario.title,
    player,
    figures: figures(played, { lifetimeMs: actor.lifetimeMs, keyed }),
    curve: curve(played.messages),
  };
}

/**
 * Rehearses outages with the bundles of an environment, and with the documented sample handler
 * beside them.
 *
 * @throws RehearsalError for a scenario or a channel that is not there
 */
export async function rehearse(
  environment: Environment,
  { channels = allChannels, messages = goalMessages, seed = 1, ...options }: RehearseOptions = {},
): Promise<Rehearsal> {
  const scenarios = chosen(options.scenarios);
  const made = await Promise.all(channels.map((one) => environmentActor(environment, one)));
  const actors = made.filter((actor) => actor !== undefined);
  if (!actors.length)
    throw new RehearsalError(
      `${environment.name}: expected ${channels.join(" or ")} to be there, got: no such channel`,
    );
  const cases: Case[] = [];
  const misses: Miss[] = [];
  const of = actors.length * scenarios.length;
  for (const actor of actors) {
    const { channel } = actor;
    const sample = await sampleActor(channel, actor);
    const players = [
      ["ours", actor],
      ["forgetful", actor],
      ["sample", sample],
    ] as const;
    for (const scenario of scenarios) {
      if (options.signal?.aborted) throw new RehearsalError("stopped before the end");
      options.progress?.({
        done: cases.length / players.length,
        of,
        channel,
        title: scenario.title,
      });
      for (const [player, plays] of players) {
        const one = await perform(plays, scenario, player, messages, seed);
        cases.push(one);
        misses.push(...missed(one, actor.listeners.length < 2));
      }
    }
  }
  const vendors = Object.fromEntries(
    actors.map(({ channel, listeners, first }) => [
      channel,
      [first, ...listeners.map(({ id }) => id).filter((id) => id !== first)],
    ]),
  );
  const { name } = environment;
  return { environment: name, vendors, messages, seed, assumptions, cases, missed: misses };
}
