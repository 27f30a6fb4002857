import { UserError } from "../config/user-error.ts";

/**
 * Refuses a second positional argument, which would be passed over in silence.
 *
 * @throws UserError naming it
 */
export function onlyOne(command: string, positionals: readonly string[]): void {
  const [, second] = positionals;
  if (second === undefined) return;
  throw new UserError(`otp ${command}: expected one environment, got: ${second} as well`);
}
