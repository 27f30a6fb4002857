import { z } from "zod";
import type { Channel } from "../../config/environment.ts";
import { channels } from "../../config/environment.ts";

const planSchema = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        change: z.object({ before: z.unknown(), after: z.unknown() }),
      }),
    )
    .default([]),
});

const version = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "secrets_wo_version" in value
    ? value.secrets_wo_version
    : undefined;

/** The channels whose existing Action gets other secrets by a plan. */
export function rotatedBy(json: string): Channel[] {
  const { resource_changes: changes } = planSchema.parse(JSON.parse(json));
  return channels.filter((channel) =>
    changes.some(
      ({ address, change: { before, after } }) =>
        address === `auth0_action.${channel}` &&
        before !== null &&
        version(after) !== undefined &&
        version(before) !== version(after),
    ),
  );
}
