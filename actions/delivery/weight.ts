import type { Weigh } from "./route.ts";

/** A number from 0 to 99 that is always the same for the same text (FNV-1a). */
function percentile(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  // The low bits of FNV-1a are the weaker ones.
  return ((hash ^ (hash >>> 15)) >>> 0) % 100;
}

/**
 * Gives vendors a share of the recipients: the same recipients start with the same vendor each time.
 *
 * @param weights - percent of the recipients by vendor's id; together at most 100
 * @returns the vendor that a recipient falls to first, then those without a weight, then the others
 */
export function weighted(weights: Readonly<Record<string, number>>): Weigh {
  return (steps, recipient) => {
    let left = percentile(recipient);
    const first = Object.keys(weights).find((id) => (left -= weights[id] ?? 0) < 0);
    const rank = ({ id }: { readonly id: string }) =>
      id === first ? 0 : weights[id] === undefined ? 1 : 2;
    return [...steps].sort((one, other) => rank(one) - rank(other));
  };
}
