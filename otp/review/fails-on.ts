import { dangerKinds } from "./dangers/index.ts";
import type { Danger } from "./json.ts";
import { UserError } from "../../config/user-error.ts";

/** Names that stand for several kinds of dangers. */
const groups: ReadonlyMap<string, (danger: Danger) => boolean> = new Map(
  Object.entries<(danger: Danger) => boolean>({
    any: () => true,
    unexplained: ({ unexplained }) => unexplained === true,
    "stops-logins": ({ stopsLogins }) => stopsLogins,
  }),
);

/**
 * The dangers for which a review shall fail; any of them makes the exit code 2.
 *
 * @param kinds - kinds of dangers, `stops-logins` or `any`
 * @throws UserError for a kind that does not exist
 */
export function failsOn(
  review: { readonly dangers: readonly Danger[] },
  kinds: readonly string[],
): Danger[] {
  const known: readonly string[] = [...new Set([...dangerKinds, ...groups.keys()])];
  const wrong = kinds.find((kind) => !known.includes(kind));
  if (wrong !== undefined)
    throw new UserError(
      `--fail-on: expected kinds out of ${known.join(", ")}, got: ${JSON.stringify(wrong)}`,
    );
  return review.dangers.filter((danger) =>
    kinds.some((kind) => kind === danger.kind || (groups.get(kind)?.(danger) ?? false)),
  );
}
