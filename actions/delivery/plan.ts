import type { SettingsSpec } from "../vendors/settings.ts";
import type { Vendor } from "../vendors/vendor.ts";

/** One vendor on one channel, as an environment lists it. */
export interface Step<M> {
  /** Name in logs and routes: the vendor's, unless the environment gives another. */
  readonly id: string;
  readonly channel: string;
  readonly vendor: Vendor<M, SettingsSpec>;
  /** Longest wait for one answer, in milliseconds. */
  readonly timeoutMs: number;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Secrets by property, as names in `event.secrets`. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** The order of vendors for some messages: the first route that fits decides. */
export interface Route {
  readonly countries?: readonly string[];
  readonly channels?: readonly string[];
  readonly messageTypes?: readonly string[];
  /** Ids of steps, in order. */
  readonly vendors: readonly string[];
}

export interface Plan<M> {
  /** Milliseconds for all of one execution; Auth0 ends it at 20,000. */
  readonly deadlineMs: number;
  /** Milliseconds for which a one-time passcode works. */
  readonly lifetimeMs: number;
  readonly steps: readonly Step<M>[];
  readonly routes?: readonly Route[];
}

/** The steps for a message: those of the first route that fits, else all, in order. */
export function routed<M>(
  { steps, routes = [] }: Plan<M>,
  message: { channel: string; messageType: string; country?: string | undefined },
): readonly Step<M>[] {
  const fits = (allowed: readonly string[] | undefined, value = "") =>
    !allowed || allowed.includes(value);
  const route = routes.find(
    ({ countries, channels, messageTypes }) =>
      fits(countries, message.country) &&
      fits(channels, message.channel) &&
      fits(messageTypes, message.messageType),
  );
  if (!route) return steps;
  return route.vendors.flatMap((id) => steps.filter((step) => step.id === id));
}
