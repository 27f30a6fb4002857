import { concurrencyLimit } from "../../actions/auth0.ts";
import type { Fault, FaultKind, Scenario } from "./scenario.ts";

type More = Omit<Fault, "kind" | "vendors">;

const first = (kind: FaultKind, more: More = {}): Fault => ({ kind, vendors: "first", ...more });
const every = (kind: FaultKind, more: More = {}): Fault => ({ kind, vendors: "every", ...more });

/** Shares of what is left over by the fault before. */
const flaky = (more: More = {}): Fault[] => [
  every("down", { ...more, share: 0.05 }),
  every("reset", { ...more, share: 0.02 / 0.95 }),
  every("hangs", { ...more, share: 0.01 / 0.93 }),
];

/** Enough to see one message in a thousand that is late. */
const enough = 2_000;
/** Enough for a p99 in which the first seconds of a fault do not weigh too much. */
const enoughForTails = 4_000;

/** 20 messages a second: the first vendor fails, then all, then recipients. */
const busy: readonly Scenario[] = [
  { name: "healthy", title: "All vendors well", faults: [], enough: 6_000 },
  { name: "down", title: "First vendor down (500)", faults: [first("down")], enough },
  {
    name: "unresolved",
    title: "First vendor's name not found",
    faults: [first("unresolved")],
    enough,
  },
  {
    name: "revoked",
    title: "First vendor's credentials revoked",
    faults: [first("revoked", { begins: 1 / 6 })],
    enough,
  },
  {
    name: "limited",
    title: "First vendor limits every second call",
    faults: [first("limited", { share: 0.5 })],
    enough,
  },
  {
    name: "retry-after",
    title: "First vendor limits by turns, with Retry-After",
    faults: [first("limited", { turns: { onS: 10, offS: 10 }, retryAfter: true })],
    enough,
  },
  { name: "hangs", title: "First vendor hangs", faults: [first("hangs")], enough: enoughForTails },
  {
    name: "hangs-accepts",
    title: "First vendor hangs, and accepts after all",
    faults: [first("hangs, accepts")],
    enough: enoughForTails,
  },
  {
    name: "slow",
    title: "First vendor slow for half an hour",
    faults: [first("slow", { begins: 1 / 4, lasts: { share: 1 / 2 } })],
    enough: 8_000,
    times: 3.6,
  },
  {
    name: "grey-50",
    title: "Half of the first vendor's calls hang",
    faults: [first("hangs", { share: 0.5 })],
    enough: enoughForTails,
  },
  {
    name: "grey-10",
    title: "A tenth of the first vendor's calls hang",
    faults: [first("hangs", { share: 0.1 })],
    enough: enoughForTails,
  },
  { name: "garbage", title: "First vendor answers HTML", faults: [first("garbage")], enough },
  {
    name: "gateway",
    title: "First vendor's gateway gives up (504), half accepted",
    faults: [first("gateway, accepts", { share: 0.5 }), first("gateway")],
    enough,
  },
  {
    name: "reset",
    title: "First vendor resets, half accepted",
    faults: [first("reset, accepts", { share: 0.5 }), first("reset")],
    enough,
  },
  { name: "flaky", title: "Every vendor flaky", faults: flaky(), enough: enoughForTails },
  {
    name: "bad-recipients",
    title: "3 % bad recipients",
    faults: [],
    badRecipients: 0.03,
    enough,
  },
  {
    name: "destination-refused",
    title: "One message a minute to a country that is not enabled",
    faults: [],
    refusedPerMinute: 1,
    perHour: 18_000,
    // Ten minutes, so ten such messages.
    enough: 3_000,
    vendors: "several",
    channel: "phone",
  },
];

/** Every vendor is down, and executions pile up against the tenant's limit. */
const outages: readonly Scenario[] = [
  {
    name: "outage",
    title: "All down for two minutes",
    faults: [every("down", { begins: 1 / 4, lasts: { seconds: 120 } })],
    executionLimit: concurrencyLimit,
    enough: 6_000,
  },
  {
    name: "outage-5-min",
    title: "All down for five minutes",
    faults: [every("down", { begins: 1 / 8, lasts: { seconds: 300 } })],
    executionLimit: concurrencyLimit,
    perHour: 36_000,
    enough: 4_800,
  },
  {
    name: "outage-ask-again",
    title: "All down for two minutes, users ask again after 30 s",
    faults: [every("down", { begins: 1 / 4, lasts: { seconds: 120 } })],
    executionLimit: concurrencyLimit,
    askAgainS: 30,
    perHour: 18_000,
    enough: 2_400,
  },
];

/** The cache that Auth0 does not guarantee. */
const caches: readonly Scenario[] = [
  {
    name: "cache-off",
    title: "Cache off, first vendor hangs and accepts",
    faults: [first("hangs, accepts")],
    cache: "off",
    measured: "after-first-minute",
    vendors: "several",
    // The first minute is left out.
    enough: 3_200,
  },
  {
    name: "cache-loses-half",
    title: "Cache loses half, first vendor hangs and accepts",
    faults: [first("hangs, accepts")],
    cache: "loses-half",
    measured: "after-first-minute",
    vendors: "several",
    // The first minute is left out.
    enough: 3_200,
  },
  {
    name: "cache-hangs",
    title: "Cache hangs, vendors well",
    faults: [],
    cache: "hangs",
    enough: 1_000,
  },
  {
    name: "cache-slow",
    title: "Cache takes 300 ms an operation, vendors well",
    faults: [],
    cache: "slow",
    enough: 1_000,
  },
];

/** One vendor that is in trouble, with nobody to fail over to. */
const alone: readonly Scenario[] = [
  {
    name: "slow-9-of-10",
    title: "The only vendor slow for 9 of 10 minutes",
    faults: [first("slow", { turns: { onS: 540, offS: 60 } })],
    vendors: "one",
    // Ten minutes.
    enough: 12_000,
  },
];

const undelivered: Scenario = {
  name: "accepted-not-delivered",
  title: "First vendor accepts and delivers nothing (30 %), users ask again after 30 s",
  faults: [first("swallows", { share: 0.3 })],
  askAgainS: 30,
  vendors: "several",
  enough,
};

/** Faults that come for a while and go, so that the engine learns of them each time anew. */
const lowVolumeFaults: readonly (readonly [
  name: string,
  title: string,
  faults: (turns: More) => readonly Fault[],
])[] = [
  ["healthy", "All vendors well", () => []],
  ["down", "First vendor down (500)", (turns) => [first("down", turns)]],
  ["unresolved", "First vendor's name not found", (turns) => [first("unresolved", turns)]],
  ["revoked", "First vendor's credentials revoked", (turns) => [first("revoked", turns)]],
  [
    "limited",
    "First vendor limits every second call",
    (turns) => [first("limited", { ...turns, share: 0.5 })],
  ],
  ["hangs", "First vendor hangs", (turns) => [first("hangs", turns)]],
  [
    "hangs-accepts",
    "First vendor hangs, and accepts after all",
    (turns) => [first("hangs, accepts", turns)],
  ],
  ["flaky", "Every vendor flaky", (turns) => flaky(turns)],
];

/** Messages an hour, how long a fault lasts and is away, and how many messages are enough. */
const volumes = [
  { perHour: 60, turnS: 3_600, enough: 1_200 },
  { perHour: 600, turnS: 3_600, enough: 2_400 },
  { perHour: 4_000, turnS: 1_800, enough: 4_000 },
] as const;

/** The volumes of most tenants: a fault at a few messages an hour. */
const lowVolume: readonly Scenario[] = volumes.flatMap(({ perHour, turnS, enough: few }) =>
  lowVolumeFaults.map(([name, title, faults]): Scenario => {
    const made = faults({ turns: { onS: turnS, offS: turnS } });
    return {
      name: `${name}-${String(perHour)}`,
      title: `${title}; ${perHour.toLocaleString("en-US")} an hour`,
      faults: made,
      ...(made.length > 0 && { measured: "during-fault" }),
      perHour,
      enough: few,
    };
  }),
);

/** Every scenario that is simulated. */
export const scenarios: readonly Scenario[] = [
  ...busy,
  ...outages,
  ...caches,
  ...alone,
  undelivered,
  ...lowVolume,
];

/**
 * Messages that a scenario gets: as many as are asked for, or as many as are enough. With one
 * vendor, few goals are judged, so a quarter is enough unless the scenario is about one vendor, or
 * about an outage of a fixed time.
 */
export function sizeOf(
  { enough: least, times = 1, faults, vendors }: Scenario,
  asked: number | undefined,
  alone = false,
): number {
  if (asked !== undefined) return Math.round(asked * times);
  const fixed = faults.some(({ lasts }) => lasts && "seconds" in lasts);
  return alone && vendors !== "one" && !fixed ? Math.ceil(least / 4) : least;
}
