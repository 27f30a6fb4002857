import type { Fault, Ill, Scenario } from "./scenarios.ts";
import type { Random } from "./sandbox/random.ts";

/** What strikes one call. */
export interface Struck {
  readonly ill: Ill;
  /** Seconds until a vendor that limits takes calls again, where it says so. */
  readonly retryAfterS?: number;
}

/** The faults of a scenario in the time of a play; times in milliseconds since 1970. */
export class Faults {
  readonly #faults: readonly (Fault & { readonly from: number; readonly to: number })[];
  readonly #first: string;
  readonly #alone: boolean;

  /**
   * @param span - when messages begin and cease to come
   * @param first - the vendor that is asked first while all are well
   * @param alone - whether there is no other
   */
  constructor(
    { faults }: Scenario,
    span: { readonly start: number; readonly end: number },
    first: string,
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
    this.#first = first;
    this.#alone = alone;
  }

  /** What strikes a call to a vendor now, if anything does. */
  strike(vendor: string, now: number, random: Random): Struck | undefined {
    for (const { ill, vendors, share = 1, turnsS, from, to } of this.#faults) {
      if (now < from || now >= to || (vendors === "first" && vendor !== this.#first)) continue;
      if (share < 1 && random() >= share) continue;
      if (turnsS === undefined) return { ill };
      const turns = (now - from) / (turnsS * 1_000);
      if (Math.floor(turns) % 2) continue;
      return { ill, retryAfterS: Math.ceil((1 - (turns % 1)) * turnsS) };
    }
    return undefined;
  }

  /** Whether some vendor would take a message at a time, whatever chance says. */
  alive(now: number): boolean {
    return !this.#faults.some(
      ({ vendors, share, turnsS, from, to }) =>
        now >= from &&
        now < to &&
        share === undefined &&
        turnsS === undefined &&
        (vendors === "every" || this.#alone),
    );
  }
}
