/** What is wrong with a vendor. */
export type Ill =
  /** Answers 500, or what the vendor says instead. */
  | "down"
  /** Its name is not found. */
  | "unresolved"
  /** Refuses our credentials. */
  | "revoked"
  | "limited"
  /** Never answers. */
  | "hangs"
  /** Never answers, and sends the message later after all. */
  | "hangs, accepts"
  | "slow"
  /** Answers 200 with HTML. */
  | "garbage"
  /** Cuts the connection before it has taken the message. */
  | "reset"
  /** Cuts the connection after it has taken the message. */
  | "reset, accepts";

/** One fault of a scenario. */
export interface Fault {
  readonly ill: Ill;
  readonly vendors: "first" | "every";
  /** Share of calls that it strikes. Default: 1. */
  readonly share?: number;
  /** When it begins, as a share of the time in which messages come. Default: 0. */
  readonly begins?: number;
  /** For how long: seconds, or a share of that time. Default: to the end and beyond. */
  readonly lasts?: { readonly seconds: number } | { readonly share: number };
  /** Comes and goes: this many seconds on, and as many off; `Retry-After` says until when. */
  readonly turnsS?: number;
}

export interface Scenario {
  /** As `--scenario` names it. */
  readonly name: string;
  /** What happens, in words. */
  readonly title: string;
  readonly faults: readonly Fault[];
  /** Share of recipients that every vendor refuses for good. Default: 0. */
  readonly badRecipients?: number;
  /** Messages, as a multiple of the number asked for, where faults last long. Default: 1. */
  readonly times?: number;
}

const first = (ill: Ill, more: Omit<Fault, "ill" | "vendors"> = {}): Fault => ({
  ill,
  vendors: "first",
  ...more,
});
const every = (ill: Ill, more: Omit<Fault, "ill" | "vendors"> = {}): Fault => ({
  ill,
  vendors: "every",
  ...more,
});

/** Every case that is simulated. */
export const scenarios: readonly Scenario[] = [
  { name: "healthy", title: "All vendors well", faults: [] },
  { name: "down", title: "First vendor down (500)", faults: [first("down")] },
  { name: "unresolved", title: "First vendor's name not found", faults: [first("unresolved")] },
  {
    name: "revoked",
    title: "First vendor's credentials revoked",
    faults: [first("revoked", { begins: 1 / 6 })],
  },
  {
    name: "limited",
    title: "First vendor rate limited half of the time",
    faults: [first("limited", { share: 0.5 })],
  },
  {
    name: "retry-after",
    title: "The same by turns, with Retry-After",
    faults: [first("limited", { turnsS: 10 })],
  },
  { name: "hangs", title: "First vendor hangs", faults: [first("hangs")] },
  {
    name: "hangs-accepts",
    title: "It hangs, and accepts after all",
    faults: [first("hangs, accepts")],
  },
  {
    name: "slow",
    title: "First vendor slow for half an hour",
    faults: [first("slow", { begins: 1 / 4, lasts: { share: 1 / 2 } })],
    times: 3.6,
  },
  { name: "garbage", title: "First vendor answers HTML", faults: [first("garbage")] },
  {
    name: "reset",
    title: "First vendor resets, half accepted",
    faults: [first("reset, accepts", { share: 0.5 }), first("reset")],
  },
  {
    name: "flaky",
    title: "Every vendor flaky",
    faults: [
      every("down", { share: 0.05 }),
      every("reset", { share: 0.02 / 0.95 }),
      every("hangs", { share: 0.01 / 0.93 }),
    ],
  },
  {
    name: "outage",
    title: "All down for two minutes",
    faults: [every("down", { begins: 1 / 4, lasts: { seconds: 120 } })],
  },
  {
    name: "bad-recipients",
    title: "3 % bad recipients",
    faults: [],
    badRecipients: 0.03,
  },
];
