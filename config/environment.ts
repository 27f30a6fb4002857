import type { Channel } from "./channels.ts";
import type { CheckedEnvironment } from "./schema.ts";
import type { VendorEntry } from "./vendors.ts";

export type { Channel } from "./channels.ts";
export { channels } from "./channels.ts";
export type { VendorEntry } from "./vendors.ts";

/** An environment as everything but its author sees it: checked, with all defaults filled in. */
export type Environment = CheckedEnvironment & {
  /** The file it was read from, absolute. */
  readonly file: string;
  /**
   * The variable that decides the domain, if one does: whoever can set it can send the tenant's
   * credentials elsewhere.
   */
  readonly domainFromVariable?: string;
};

export type EmailDelivery = NonNullable<Environment["email"]>;
export type PhoneDelivery = NonNullable<Environment["phone"]>;

/** Names of the secrets that a channel's Action needs, each once, sorted; none if it has no Action. */
export function secretNames(
  environment: Pick<Environment, "email" | "phone" | "telemetry">,
  channel: Channel,
): string[] {
  const delivery = environment[channel];
  if (!delivery) return [];
  const headers = Object.values(environment.telemetry?.headers ?? {});
  const vendors: readonly VendorEntry[] = delivery.vendors;
  const names = [
    ...vendors.flatMap(({ secrets }) => Object.values(secrets)),
    ...headers.map(({ secret }) => secret),
  ];
  return [...new Set(names)].sort();
}

/** The media that an environment uses a vendor for: calls only if it offers them. */
export function mediaOf(
  { channels: served }: VendorEntry,
  { phone }: Pick<Environment, "phone">,
): string[] {
  return served.filter((medium) => medium !== "voice" || phone?.methods.includes("voice"));
}
