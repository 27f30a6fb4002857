import type { Figures } from "./metrics.ts";

/** Whose figures: ours, ours with a cache that forgets, or the documented sample's. */
export type Player = "ours" | "forgetful" | "sample";

/** One bound on one figure. */
export interface Goal {
  /** Names of scenarios; left out, all but those of {@link except}. */
  readonly scenarios?: readonly string[];
  readonly except?: readonly string[];
  readonly player: Exclude<Player, "sample">;
  readonly figure: keyof Figures;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Holds for one vendor alone too; the others need somebody to fail over to. */
  readonly alone?: true;
}

const failing = ["down", "unresolved", "revoked", "limited", "retry-after", "hangs"];
const players = ["ours", "forgetful"] as const;
const never = (figure: keyof Figures, more: Partial<Goal> = {}): Goal[] =>
  players.map((player) => ({ player, figure, atMost: 0, ...more }));

/** How many messages a case the goals are meant for. */
export const goalMessages = 20_000;

/** What a simulation has to reach. Times in milliseconds, duplicates a thousand messages. */
export const goals: readonly Goal[] = [
  { player: "ours", scenarios: failing, figure: "within10s", atLeast: 0.9999 },
  { player: "ours", scenarios: failing, figure: "p99Ms", atMost: 2_000 },
  { player: "ours", scenarios: ["hangs-accepts"], figure: "duplicates", atMost: 5 },
  { player: "ours", scenarios: ["slow"], figure: "within10s", atLeast: 0.999 },
  { player: "ours", scenarios: ["slow"], figure: "duplicates", atMost: 10 },
  { player: "ours", scenarios: ["flaky"], figure: "within10s", atLeast: 0.9999 },
  ...never("lost"),
  ...never("dead", { alone: true }),
  ...never("badMishandled", { alone: true }),
  ...never("over18s", { alone: true }),
  ...never("falseReports", { alone: true }),
  ...never("leaks", { alone: true }),
  ...never("keyedDuplicates", { alone: true }),
  ...never("strays", { alone: true }),
  { player: "forgetful", except: ["outage"], figure: "within10s", atLeast: 0.999 },
];

/** A goal that was missed, with the figure. */
export interface Miss {
  readonly channel: string;
  readonly scenario: string;
  readonly goal: Goal;
  readonly got: number | null;
}

/** The goals that the figures of one case miss. */
export function missed(
  {
    channel,
    scenario,
    player,
    figures,
  }: {
    readonly channel: string;
    readonly scenario: string;
    readonly player: Player;
    readonly figures: Figures;
  },
  alone: boolean,
): Miss[] {
  return goals
    .filter(
      (goal) =>
        goal.player === player &&
        (goal.scenarios?.includes(scenario) ?? !goal.except?.includes(scenario)) &&
        (goal.alone ?? !alone),
    )
    .map((goal) => ({ channel, scenario, goal, got: figures[goal.figure] }))
    .filter(
      ({ goal: { atLeast = -Infinity, atMost = Infinity }, got }) =>
        got === null || !(got >= atLeast && got <= atMost),
    );
}
