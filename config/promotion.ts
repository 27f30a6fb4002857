import type { Environment } from "./environment.ts";
import { UserError } from "./user-error.ts";

type Promoted = Pick<Environment, "name" | "promotedFrom">;

/**
 * Environments in the order in which a change goes through them: each after the one that it is
 * promoted from, and otherwise as they were given.
 *
 * @throws UserError where they wait for one another
 */
export function inOrderOfPromotion<T extends Promoted>(environments: readonly T[]): T[] {
  const ordered: T[] = [];
  const place = (environment: T, waiting: readonly string[]): void => {
    const { name, promotedFrom } = environment;
    if (ordered.includes(environment)) return;
    if (waiting.includes(name))
      throw new UserError(
        `promotedFrom: expected an order of environments, got: ${[...waiting, name].join(" after ")}`,
      );
    // An environment that was not asked for is not waited for.
    const before = environments.find((other) => other.name === promotedFrom);
    if (before) place(before, [...waiting, name]);
    ordered.push(environment);
  };
  for (const environment of environments) place(environment, []);
  return ordered;
}
