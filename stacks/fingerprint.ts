import { scrypt, scryptSync } from "node:crypto";
import { promisify } from "node:util";
import type { Channel, Environment } from "../config/environment.ts";
import { channels, secretNames } from "../config/environment.ts";

/** What is hashed: secrets by name, in the order of their names. */
const textOf = (values: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));

const numberOf = (digest: Buffer) => digest.readUInt32BE() & 0x7fffffff || 1;
const saltOf = (name: string, channel: Channel) => `${name}/${channel}`;
const derive = promisify<string, string, number, Buffer>(scrypt);

/**
 * A number from 1 to 2^31 - 1 that changes when any of the secrets does, so that a rotation shows
 * in a plan. Slow to compute and salted, so that it says nothing about weak secrets.
 *
 * @param values - secrets by name
 * @param salt - environment and channel
 */
export function fingerprint(values: Readonly<Record<string, string>>, salt: string): number {
  return numberOf(scryptSync(textOf(values), salt, 4));
}

/**
 * The same numbers for all channels of an environment at once, on as many cores as there are.
 *
 * @param values - secrets by name; all that the environment names
 * @returns nothing for an environment that counts its rotations itself (`secretsVersion`)
 */
export async function secretVersions(
  environment: Environment,
  values: Readonly<Record<string, string | undefined>>,
): Promise<Partial<Record<Channel, number>>> {
  if (environment.secretsVersion !== undefined) return {};
  const made = await Promise.all(
    channels.map(async (channel) => {
      const names = secretNames(environment, channel);
      if (names.length === 0) return [];
      const own = Object.fromEntries(names.map((name) => [name, values[name] ?? ""]));
      const digest = await derive(textOf(own), saltOf(environment.name, channel), 4);
      return [[channel, numberOf(digest)] as const];
    }),
  );
  return Object.fromEntries(made.flat());
}
