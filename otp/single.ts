import { UsageError } from "./errors.ts";

/**
 * Refuses a second positional argument, which would be passed over in silence.
 *
 * @throws UsageError naming it
 */
export function onlyOne(command: string, positionals: readonly string[]): void {
  const [, second] = positionals;
  if (second === undefined) return;
  throw new UsageError(`otp ${command}: expected one environment, got: ${second} as well`);
}
