import type { Channel, Environment } from "../../config/environment.ts";
import type { Contender } from "./contenders.ts";
import { contenders, messagesFor, takesPart } from "./contenders.ts";
import { deliveryCurve } from "./delivery-curve.ts";
import { environmentAction } from "./environment-action.ts";
import type { Metrics } from "./metrics.ts";
import { measuredMessages, metricsOf } from "./metrics.ts";
import type { ActionUnderTest } from "./run-scenario.ts";
import { runScenario } from "./run-scenario.ts";
import { sampleAction } from "./sample/sample-action.ts";
import type { Scenario } from "./scenario.ts";
import { scenarios as allScenarios, sizeOf } from "./scenarios.ts";
import type { Miss } from "./thresholds.ts";
import { missed } from "./thresholds.ts";

/** One scenario on one channel with one contender. */
export interface Case {
  readonly channel: Channel;
  readonly scenario: string;
  readonly title: string;
  readonly contender: Contender;
  readonly metrics: Metrics;
  /** Share delivered at each of the times of `curveTimesMs`. */
  readonly curve: readonly number[];
}

/** What to simulate of one channel; plain data, since a worker thread may get it. */
export interface ChannelTask {
  readonly environment: Environment;
  readonly channel: Channel;
  /** Names of scenarios. */
  readonly scenarios: readonly string[];
  /** Messages per scenario; left out, as many as are enough for each. */
  readonly messages?: number;
  readonly seed: number;
}

/** One channel, simulated. */
export interface ChannelResult {
  readonly channel: Channel;
  /** Ids, the one that gets the first message at the front. */
  readonly vendors: readonly string[];
  readonly cases: readonly Case[];
  readonly missed: readonly Miss[];
}

/** Whether a scenario makes sense on a channel: with its vendors, and what they can answer. */
function applies({ channel, vendors, refusedPerMinute }: Scenario, action: ActionUnderTest) {
  const { endpoints, primary } = action;
  const several = endpoints.length > 1 ? "several" : "one";
  const refuses = endpoints.find(({ id }) => id === primary)?.answers.destinationRefused;
  return (
    (channel === undefined || channel === action.channel) &&
    (vendors === undefined || vendors === several) &&
    (!refusedPerMinute || refuses !== undefined)
  );
}

/** The scenarios of a task that make sense for its channel's vendors. */
export function scenariosFor(
  { scenarios }: Pick<ChannelTask, "scenarios">,
  action: ActionUnderTest,
): readonly Scenario[] {
  return allScenarios.filter((one) => scenarios.includes(one.name) && applies(one, action));
}

async function runCase(
  action: ActionUnderTest,
  scenario: Scenario,
  contender: Contender,
  { messages: asked, seed, alone }: ChannelTask & { readonly alone: boolean },
): Promise<Case> {
  const messages = messagesFor(contender, scenario, sizeOf(scenario, asked, alone));
  const coldCache = contender === "cold-cache";
  const run = await runScenario(action, scenario, { messages, seed, coldCache });
  // The samples send no key, so no vendor could recognise a message by it.
  const keyed = action.endpoints.filter(
    ({ answers }) => answers.key && !contender.startsWith("sample"),
  );
  return {
    channel: action.channel,
    scenario: scenario.name,
    title: scenario.title,
    contender,
    metrics: metricsOf(run, new Set(keyed.map(({ id }) => id))),
    curve: deliveryCurve(measuredMessages(run)),
  };
}

/**
 * Runs scenarios on one channel, each with all contenders that take part in it.
 *
 * @param onScenario - called before each scenario; what it throws ends the simulation
 * @returns `undefined` if the environment leaves the channel out
 */
export async function simulateChannel(
  task: ChannelTask,
  onScenario: (scenario: Scenario) => void,
): Promise<ChannelResult | undefined> {
  const { environment, channel } = task;
  const action = await environmentAction(environment, channel);
  if (!action) return undefined;
  const actions: Readonly<Record<Contender, ActionUnderTest>> = {
    engine: action,
    "cold-cache": action,
    sample: await sampleAction(channel, action),
    "sample-with-timeout": await sampleAction(channel, action, "sample-with-timeout"),
  };
  const { primary, endpoints } = action;
  const alone = endpoints.length < 2;
  const cases: Case[] = [];
  const misses: Miss[] = [];
  for (const scenario of scenariosFor(task, action)) {
    onScenario(scenario);
    const own: Case[] = [];
    for (const contender of contenders)
      if (takesPart(contender, scenario))
        own.push(await runCase(actions[contender], scenario, contender, { ...task, alone }));
    const sample = own.find(({ contender }) => contender === "sample")?.metrics;
    misses.push(...own.flatMap((one) => missed(one, { sample, alone })));
    cases.push(...own);
  }
  return {
    channel,
    vendors: [primary, ...endpoints.map(({ id }) => id).filter((id) => id !== primary)],
    cases,
    missed: misses,
  };
}
