import type { Condition } from "./conditions.ts";
import type { Mailbox } from "./message.ts";
import type { LogContext } from "./report.ts";

/** Other vendors or senders for some messages. All conditions that a route has must fit. */
export interface Route<From = unknown> {
  /** Ids of steps, in order. */
  readonly vendors?: readonly string[];
  /** A sender's number or name, or what differs in a sender of mail. */
  readonly from?: From;
  readonly replyTo?: Mailbox;
  /** What a message must be, by the names of {@link Condition}s. */
  readonly [condition: string]: unknown;
}

/** Finds what the first route that fits says of a message; nothing if none fits. */
export type Router<From> = (event: unknown, message: LogContext) => Route<From> | undefined;

/**
 * Routes as one function.
 *
 * @param conditions - those that the routes use, by the field of a route that they read
 */
export function router<From>(
  routes: readonly Route<From>[],
  conditions: Readonly<Record<string, Condition>>,
): Router<From> {
  return (event, message) =>
    routes.find((route) =>
      Object.keys(conditions).every(
        (name) => !(name in route) || conditions[name]?.(route[name], event, message),
      ),
    );
}

/** Orders steps by weights; see `weight.ts`. */
export type Weigh = <S extends { readonly id: string }>(
  steps: readonly S[],
  recipient: string,
) => readonly S[];

/** The steps for a message: those of its route in the route's order, else all, weighed. */
export const stepsFor = <S extends { readonly id: string }>(
  { steps, weigh }: { readonly steps: readonly S[]; readonly weigh?: Weigh },
  route: Route | undefined,
  recipient: string,
): readonly S[] =>
  route?.vendors?.flatMap((id) => steps.filter((step) => step.id === id)) ??
  weigh?.(steps, recipient) ??
  steps;
