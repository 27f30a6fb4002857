import type { LogContext } from "./report.ts";

/** The order of vendors for some messages. */
export interface Route {
  readonly countries?: readonly string[];
  readonly channels?: readonly string[];
  readonly messageTypes?: readonly string[];
  /** Ids of steps, in order. */
  readonly vendors: readonly string[];
}

/** Picks and orders the steps for a message. */
export type Router = <S extends { readonly id: string }>(
  steps: readonly S[],
  message: LogContext,
) => readonly S[];

/** The steps of the first route that fits a message, else all, in order. */
export function router(routes: readonly Route[]): Router {
  return (steps, { country, medium, type }) => {
    const fits = (allowed: readonly string[] | undefined, value = "") =>
      !allowed || allowed.includes(value);
    const route = routes.find(
      ({ countries, channels, messageTypes }) =>
        fits(countries, country) && fits(channels, medium) && fits(messageTypes, type),
    );
    return route ? route.vendors.flatMap((id) => steps.filter((step) => step.id === id)) : steps;
  };
}
