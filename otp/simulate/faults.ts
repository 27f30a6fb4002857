import type { Fault, FaultKind, Scenario } from "./scenario.ts";
import type { Random } from "./sandbox/random.ts";
import { seedOf } from "./sandbox/random.ts";

/** The fault that one call meets. */
export interface Strike {
  readonly kind: FaultKind;
  /** Seconds until a vendor that limits takes calls again, if it says so. */
  readonly retryAfterS?: number;
}

/** A fault with its times in a run. */
type Timed = Fault & { readonly from: number; readonly to: number };

/** Where in its turn a fault is: the seconds until it goes, or `undefined` while it is away. */
function leftOfTurnS({ turns, from }: Timed, now: number): number | undefined {
  if (!turns) return Infinity;
  const { onS, offS } = turns;
  const left = onS - (((now - from) / 1_000) % (onS + offS));
  return left > 0 ? left : undefined;
}

/** The faults of a scenario in the time of a run; times in milliseconds since 1970. */
export class Faults {
  readonly #faults: readonly Timed[];
  readonly #primary: string;
  readonly #alone: boolean;

  /**
   * @param span - when messages begin and cease to come
   * @param primary - the vendor that gets the first message while all are well
   * @param alone - whether there is no other vendor
   */
  constructor(
    { faults }: Pick<Scenario, "faults">,
    span: { readonly start: number; readonly end: number },
    primary: string,
    alone: boolean,
  ) {
    const length = span.end - span.start;
    this.#faults = faults.map((fault) => {
      const from = span.start + (fault.begins ?? 0) * length;
      const { lasts } = fault;
      if (!lasts) return { ...fault, from, to: Infinity };
      return {
        ...fault,
        from,
        to: from + ("seconds" in lasts ? lasts.seconds * 1_000 : lasts.share * length),
      };
    });
    this.#primary = primary;
    this.#alone = alone;
  }

  /** What strikes a call to a vendor now, if anything does. */
  strike(vendor: string, now: number, random: Random, recipient = ""): Strike | undefined {
    for (const fault of this.#faults) {
      const { kind, vendors, share = 1, retryAfter } = fault;
      if (now < fault.from || now >= fault.to) continue;
      if (vendors === "first" && vendor !== this.#primary) continue;
      const leftS = leftOfTurnS(fault, now);
      if (leftS === undefined) continue;
      // A recipient's carrier does not change from one call to the next.
      const chance = () => (kind === "swallows" ? seedOf(0, recipient) / 2 ** 32 : random());
      if (share < 1 && chance() >= share) continue;
      return { kind, ...(retryAfter && { retryAfterS: Math.ceil(leftS) }) };
    }
    return undefined;
  }

  /** Whether any fault is on at a time. */
  on(now: number): boolean {
    return this.#faults.some(
      (fault) => now >= fault.from && now < fault.to && leftOfTurnS(fault, now) !== undefined,
    );
  }

  /** Whether some vendor would take a message at a time, whatever chance says. */
  alive(now: number): boolean {
    return !this.#faults.some(
      (fault) =>
        now >= fault.from &&
        now < fault.to &&
        leftOfTurnS(fault, now) !== undefined &&
        fault.share === undefined &&
        fault.kind !== "slow" &&
        (fault.vendors === "every" || this.#alone),
    );
  }
}
