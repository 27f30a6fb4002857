import type { ArgsDef, CommandDef, ParsedArgs } from "citty";
import { defineCommand, renderUsage, runCommand } from "citty";
import { UserError } from "../config/user-error.ts";
import { nearest } from "../config/nearest.ts";
import { commandDescriptions } from "./command-list.ts";
import type { CommandName } from "./command-list.ts";
import { exitCodes } from "./exit-codes.ts";

/** A command's options and what it does; its description stands in command-list.ts. */
export interface Definition<A extends ArgsDef> {
  readonly name: CommandName;
  readonly args: A;
  /** Takes several positional arguments; without it, a second one is refused. */
  readonly several?: boolean;
  /** @param signal - aborted by Ctrl-C and SIGTERM */
  readonly run: (args: ParsedArgs<A>, signal: AbortSignal) => Promise<void>;
}

/** A signal that Ctrl-C and SIGTERM abort; the second Ctrl-C ends the process at once. */
function interruptible(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(exitCodes.interrupted);
      controller.abort();
    });
  return controller.signal;
}

/** Options that a command has, and words that it takes. */
interface Usage {
  readonly name: string;
  readonly args: ArgsDef;
  readonly several: boolean;
}

/** @throws UserError for an option that the command lacks, or one without its value */
function optionOf({ name, args }: Usage, argument: string, next: string | undefined) {
  const options = Object.entries(args).filter(([, { type }]) => type !== "positional");
  const names = options.map(([option]) => option);
  const [, given = "", equals, text] = /^--?([^=]*)(=)?(.*)$/s.exec(argument) ?? [];
  const option = options.find(([known]) => known === given || `no-${known}` === given);
  if (!option) {
    const meant = nearest(given, names);
    throw new UserError(
      `otp ${name}: expected one of its options (${names.map((one) => `--${one}`).join(", ")}), got: --${given}` +
        (meant === undefined ? "" : `; did you mean --${meant}?`),
    );
  }
  const [known, { type }] = option;
  if (type === "boolean") return { takesNext: false };
  const value = equals === undefined ? next : text;
  if (value === undefined || value === "" || (equals === undefined && /^--[a-z]/i.test(value)))
    throw new UserError(`otp ${name}: expected a value for --${known}, got: none`);
  return { takesNext: equals === undefined };
}

/**
 * Refuses what citty would ignore or name badly: options that the command lacks, an option without
 * its value, words that are missing, and words more than the command takes.
 *
 * @throws UserError
 */
function checkUsage(usage: Usage, raw: readonly string[]): void {
  const { name, args, several } = usage;
  const words: string[] = [];
  let index = 0;
  while (index < raw.length) {
    const argument = raw[index] ?? "";
    if (argument === "--") words.push(...raw.slice(index + 1));
    if (argument === "--") break;
    if (!/^--?[a-z]/i.test(argument)) words.push(argument);
    else if (optionOf(usage, argument, raw[index + 1]).takesNext) index += 1;
    index += 1;
  }
  const positionals = Object.entries(args).filter(([, { type }]) => type === "positional");
  const missing = positionals[words.length];
  if (missing?.[1].required === true)
    throw new UserError(
      `otp ${name}: expected ${missing[1].description ?? missing[0]}, got: none; otp ${name} --help shows how to call it`,
    );
  const surplus = several ? undefined : words[positionals.length];
  if (surplus === undefined) return;
  throw new UserError(
    positionals.length === 0
      ? `otp ${name}: expected options alone, got: ${surplus}`
      : `otp ${name}: expected one ${positionals[0]?.[0] ?? "word"}, got: ${surplus} as well`,
  );
}

/** A command as the command line runs it. */
export interface OtpCommand {
  /** The text of `--help`. */
  readonly usage: () => Promise<string>;
  /** @throws UserError for arguments that it does not take */
  readonly run: (rawArgs: readonly string[]) => Promise<void>;
}

/** A command of `otp` that refuses what it does not know. */
export function command<const A extends ArgsDef>(definition: Definition<A>): OtpCommand {
  const { name, args, several = false, run } = definition;
  const description = commandDescriptions[name];
  const defined: CommandDef<A> = defineCommand<A>({
    meta: { name: `otp ${name}`, description },
    args,
    run: (context) => run(context.args, interruptible()),
  });
  return {
    usage: () => renderUsage(defined),
    async run(rawArgs) {
      checkUsage({ name, args, several }, rawArgs);
      await runCommand(defined, { rawArgs: [...rawArgs] });
    },
  };
}
