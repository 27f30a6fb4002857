import type { ActionUnderTest } from "./run-scenario.ts";
import { runScenario } from "./run-scenario.ts";

const well = { name: "primary-vendor", title: "One message, all well", faults: [], enough: 1 };

/**
 * The vendor that takes the first message while all are well: routes may say otherwise than the
 * order in the environment's file.
 *
 * @throws Error if none does, since then there is nothing to simulate
 */
export async function primaryVendor(action: ActionUnderTest): Promise<string> {
  const { messages, seen } = await runScenario(action, well, { messages: 1, seed: 1 });
  const [message] = messages;
  const vendor = message?.copies[0]?.vendor;
  if (vendor !== undefined) return vendor;
  throw new Error(
    `expected one of ${action.name}'s ${action.channel} vendors to take a message to ` +
      `${message?.recipient ?? "nobody"}, got: none did ` +
      `(${String(seen.strays)} requests to unknown addresses)`,
  );
}
