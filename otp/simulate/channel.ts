import type { Channel, Environment } from "../../config/environment.ts";
import { environmentActor } from "./action-under-test.ts";
import { curve } from "./curve.ts";
import type { Figures } from "./metrics.ts";
import { figures } from "./metrics.ts";
import type { Miss, Player } from "./thresholds.ts";
import { missed } from "./thresholds.ts";
import type { Actor } from "./run.ts";
import { play } from "./run.ts";
import { sampleActor } from "./sample/action-under-test.ts";
import type { Scenario } from "./scenarios.ts";

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

/** What is asked of one channel; plain data, since it may be handed to a worker. */
export interface Task {
  readonly environment: Environment;
  readonly channel: Channel;
  readonly scenarios: readonly Scenario[];
  readonly messages: number;
  readonly seed: number;
}

/** One channel, simulated. */
export interface Part {
  readonly channel: Channel;
  /** Ids, the one that is asked first at the front. */
  readonly vendors: readonly string[];
  readonly cases: readonly Case[];
  readonly missed: readonly Miss[];
}

/** The sample and the forgetful cache are for comparison: a part of the messages is enough. */
const parts: Readonly<Record<Player, number>> = { ours: 1, forgetful: 8, sample: 8 };
const leastMessages = 2_000;

async function perform(
  actor: Actor,
  scenario: Scenario,
  player: Player,
  { messages, seed }: Task,
): Promise<Case> {
  // An outage of a fixed time would strike more of a few messages than of many.
  const fixed = scenario.faults.some(({ lasts }) => lasts && "seconds" in lasts);
  const part = Math.max(leastMessages, Math.round(messages / parts[player]));
  const count = fixed ? messages : Math.min(messages, part);
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
 * Plays scenarios on one channel: ours, ours with a cache that forgets, and the sample.
 *
 * @param before - hears of each scenario before it is played; what it throws ends the simulation
 * @returns `undefined` where the environment leaves the channel out
 */
export async function simulateChannel(
  task: Task,
  before: (scenario: Scenario) => void,
): Promise<Part | undefined> {
  const { environment, channel, scenarios } = task;
  const actor = await environmentActor(environment, channel);
  if (!actor) return undefined;
  const sample = await sampleActor(channel, actor);
  const players = [
    ["ours", actor],
    ["forgetful", actor],
    ["sample", sample],
  ] as const;
  const cases: Case[] = [];
  for (const scenario of scenarios) {
    before(scenario);
    for (const [player, plays] of players) cases.push(await perform(plays, scenario, player, task));
  }
  const { first, listeners } = actor;
  return {
    channel,
    vendors: [first, ...listeners.map(({ id }) => id).filter((id) => id !== first)],
    cases,
    missed: cases.flatMap((one) => missed(one, listeners.length < 2)),
  };
}
