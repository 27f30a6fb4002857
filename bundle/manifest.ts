import type { Channel, EmailDelivery, Environment, PhoneDelivery } from "../config/environment.ts";
import { secretNames, waysOf } from "../config/environment.ts";

/** What a bundle says of itself in one line, for those who read its code in a plan. */
export interface Manifest {
  readonly environment: string;
  readonly channel: Channel;
  /** The sender: an address, a number or a name. */
  readonly from?: string;
  /** Ids of vendors with their channel, in order, e.g. `twilio/text`. */
  readonly vendors: readonly string[];
  readonly routes?: readonly unknown[];
  readonly secrets: readonly string[];
  readonly countries?: unknown;
}

/** The manifest of a channel of an environment; nothing in it is secret. */
export function manifest(
  environment: Environment,
  channel: Channel,
  delivery: EmailDelivery | PhoneDelivery,
): Manifest {
  const from = typeof delivery.from === "object" ? delivery.from.address : delivery.from;
  const countries = channel === "phone" ? environment.phone?.countries : undefined;
  return {
    environment: environment.name,
    channel,
    ...(from !== undefined && { from }),
    vendors: delivery.vendors.flatMap((entry) =>
      waysOf(entry, environment).map((way) => `${entry.id}/${way}`),
    ),
    ...(delivery.routes.length > 0 && { routes: delivery.routes }),
    secrets: secretNames(delivery),
    ...(countries && { countries }),
  };
}
