import type { Scenario } from "./scenario.ts";
import { usualPerHour } from "./scenario.ts";

/**
 * Who delivers: the environment's bundle, the same with a cache that is empty at the start of each
 * execution, Auth0's documented sample, or that sample with a time-out.
 */
export const contenders = ["engine", "cold-cache", "sample", "sample-with-timeout"] as const;
export type Contender = (typeof contenders)[number];

/** As tables show them. */
export const contenderTitles: Readonly<Record<Contender, string>> = {
  engine: "engine",
  "cold-cache": "cold cache",
  sample: "sample",
  "sample-with-timeout": "sample, time-out",
};

/** Whether a scenario is run by a contender: at a few messages an hour every cache is cold. */
export function takesPart(contender: Contender, { cache, perHour = usualPerHour }: Scenario) {
  return contender !== "cold-cache" || (cache === undefined && perHour === usualPerHour);
}

/** Fewer show nothing. */
const leastMessages = 500;

/**
 * Messages of a run. The others are there for comparison, so a quarter of the messages is enough,
 * but for an outage of a fixed time, which would strike more of a few messages than of many, and
 * for goals that compare the engine with the sample.
 */
export function messagesFor(contender: Contender, scenario: Scenario, messages: number): number {
  const { faults, vendors } = scenario;
  const fixed = faults.some(({ lasts }) => lasts && "seconds" in lasts);
  if (contender === "engine" || fixed || vendors === "one") return messages;
  return Math.min(messages, Math.max(leastMessages, Math.round(messages / 4)));
}
