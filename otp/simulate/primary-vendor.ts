import type { Actor } from "./run.ts";
import { play } from "./run.ts";

/**
 * The vendor that takes the first message while all are well: routes may say otherwise than the
 * order in the environment's file.
 *
 * @throws Error where none does, since then there is nothing to simulate
 */
export async function firstAsked(actor: Actor): Promise<string> {
  const well = { name: "first", title: "One message", faults: [] };
  const { messages, seen } = await play(actor, well, { messages: 1, seed: 1, forgetful: false });
  const vendor = messages[0]?.copies[0]?.vendor;
  if (vendor !== undefined) return vendor;
  throw new Error(
    `expected ${actor.name}'s ${actor.channel} vendors to take a message to ${messages[0]?.recipient ?? "nobody"}, ` +
      `got: none did (${seen.strays} requests to unknown addresses)`,
  );
}
