import { deliveredMs } from "./metrics.ts";
import type { Message } from "./messages.ts";

const fromMs = 100;
const toMs = 500_000;
const points = 96;

/** Times at which curves are taken, in milliseconds, at equal distances of the logarithm. */
export const curveTimesMs: readonly number[] = Array.from(
  { length: points + 1 },
  (_, index) => fromMs * (toMs / fromMs) ** (index / points),
);

/** The share of messages that a vendor had, at each of {@link curveTimesMs}. */
export function deliveryCurve(messages: readonly Message[]): number[] {
  const times = messages
    .filter(({ bad }) => !bad)
    .map(deliveredMs)
    .sort((a, b) => a - b);
  let delivered = 0;
  return curveTimesMs.map((most) => {
    while ((times[delivered] ?? Infinity) <= most) delivered++;
    return Math.round((delivered / times.length) * 1e5) / 1e5;
  });
}
