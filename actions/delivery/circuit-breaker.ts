import type { Io } from "./io.ts";
import { recall, remember } from "./io.ts";

/** Failures in a row after which a vendor is passed over. */
const strikes = 3;
/** For how long, before one message probes it again. */
const restMs = 60_000;
/** An answer that takes longer than this counts as a failure in a row: the vendor is ailing. */
const slowMs = 2_000;
/** A vendor that has answered nobody for this long, though asked, is taken to hang. */
const silentMs = 1_500;
/** How long one execution's word that it asked or probes is believed: it may have died. */
const wordMs = 7_000;

/** What is known of one vendor; names are short since the cache holds 8 kB in all. */
interface State {
  /** Failures in a row. */
  f: number;
  /** Passed over until then. */
  u: number;
  /** When a probe began. */
  p: number;
  /** Since when somebody waits and nobody was answered. */
  w: number;
}

const well: State = { f: 0, u: 0, p: 0, w: 0 };

/** How vendors fared lately; environments with one vendor have no use for it. */
export interface CircuitBreaker {
  /** The steps from `start` on and round, those of vendors that are known to be down last. */
  ordered<S extends { readonly id: string }>(
    io: Io,
    steps: readonly S[],
    start: number,
  ): Promise<readonly S[]>;
  /** Notes that a vendor is being asked. */
  onStart(io: Io, id: string): Promise<void>;
  /**
   * Notes how a call went.
   * @param ms - its duration, or infinite where no answer came
   * @param kind - its verdict
   */
  onResult(io: Io, id: string, ms: number, kind: string): Promise<void>;
}

// Read again for each change: other executions write too, and the last word should know theirs.
async function change(io: Io, id: string, to: (state: State, now: number) => State) {
  const known = await recall<Record<string, State>>(io, "circuitBreaker");
  await remember(
    io,
    "circuitBreaker",
    { ...known, [id]: to(known[id] ?? well, io.now()) },
    10 * restMs,
  );
}

export const circuitBreaker: CircuitBreaker = {
  async ordered(io, steps, start) {
    const known = await recall<Record<string, State>>(io, "circuitBreaker");
    const now = io.now();
    const down = ({ id }: { readonly id: string }) => {
      const { u, p, w } = known[id] ?? well;
      const probed = u > 0 && now - p < wordMs;
      return u > now || probed || (now - w > silentMs && now - w < wordMs);
    };
    return [...steps.slice(start), ...steps.slice(0, start)].sort(
      (one, other) => Number(down(one)) - Number(down(other)),
    );
  },

  onStart: (io, id) =>
    change(io, id, ({ f, u, p, w }, now) => ({
      f,
      u,
      p: u ? now : p,
      w: now - w < wordMs ? w : now,
    })),

  onResult: (io, id, ms, kind) =>
    change(io, id, ({ f, u, p, w }, now) => {
      const prompt = ms < slowMs;
      if (
        prompt &&
        (kind === "accepted" || kind === "recipient_refused" || kind === "destination_refused")
      )
        return well;
      const failures = kind === "account_fault" ? strikes : f + 1;
      if (prompt) w = 0;
      return failures < strikes
        ? { f: failures, u, p, w }
        : { f: failures, u: now + restMs, p: 0, w };
    }),
};
