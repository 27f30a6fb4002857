import type { ArgsDef, CommandDef, ParsedArgs } from "citty";
import { defineCommand } from "citty";
import { UserError } from "../config/user-error.ts";

export interface Definition<A extends ArgsDef> {
  readonly name: string;
  readonly description: string;
  readonly args: A;
  /** @param signal - aborted by Ctrl-C and SIGTERM */
  readonly run: (args: ParsedArgs<A>, signal: AbortSignal) => Promise<void>;
}

/** Every spelling of an option that a definition knows. */
function known(args: ArgsDef): Set<string> {
  const names = Object.entries(args).flatMap(([name, option]) => [
    name,
    ...("alias" in option ? [option.alias ?? []].flat() : []),
  ]);
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return new Set(["_", ...names, ...names.map(kebab), ...names.map((name) => `no-${kebab(name)}`)]);
}

/** A signal that Ctrl-C and SIGTERM abort; the second Ctrl-C ends the process at once. */
function interruptible(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  return controller.signal;
}

/** A command of `otp` that refuses options that it does not know. */
export function command<const A extends ArgsDef>(definition: Definition<A>): CommandDef {
  const { name, description, args, run } = definition;
  const defined: CommandDef<A> = defineCommand<A>({
    meta: { name: `otp ${name}`, description },
    args,
    async run(context) {
      const options = known(args);
      const given = context.rawArgs
        .filter((argument) => /^--?[a-z]/i.test(argument))
        .map((argument) => argument.replace(/^--?/, "").replace(/=.*$/, ""));
      const unknown = given.find((option) => !options.has(option));
      if (unknown !== undefined)
        throw new UserError(
          `otp ${name}: expected one of the options that --help shows, got: --${unknown}`,
        );
      await run(context.args, interruptible());
    },
  });
  // Running a command, and showing its usage, does not depend on which options it has.
  return defined as unknown as CommandDef;
}
