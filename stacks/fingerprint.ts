import { scryptSync } from "node:crypto";

/**
 * A number from 1 to 2^31 - 1 that changes when any of the secrets does, so that a rotation shows
 * in a plan. Slow to compute and salted, so that it says nothing about weak secrets.
 *
 * @param values - secrets by name
 * @param salt - environment and channel
 */
export function fingerprint(values: Readonly<Record<string, string>>, salt: string): number {
  const named = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = scryptSync(JSON.stringify(named), salt, 4);
  return digest.readUInt32BE() & 0x7fffffff || 1;
}
