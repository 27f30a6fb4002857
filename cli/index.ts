import { defineCommand, renderUsage, runCommand } from "citty";
import { nearest } from "../environments/schema/nearest.ts";
import { UsageError, exitCodeOf, lineOf } from "./errors.ts";

// Loaded when called: `otp build` should not wait for what `otp start` needs.
const commands = {
  start: () => import("./start.ts").then(({ start }) => start),
  build: () => import("./build.ts").then(({ build }) => build),
  generate: () => import("./generate.ts").then(({ generate }) => generate),
  new: () => import("./new.ts").then(({ create }) => create),
} as const;

const isCommand = (name: string): name is keyof typeof commands => Object.hasOwn(commands, name);

async function main([name = "--help", ...rest]: readonly string[]): Promise<void> {
  const help = (text: string) => text === "--help" || text === "-h";
  if (help(name)) {
    const otp = defineCommand({
      meta: { name: "otp", description: "Delivers Auth0's one-time passcodes, as code" },
      subCommands: commands,
    });
    process.stdout.write(`${await renderUsage(otp)}\n`);
    return;
  }
  if (!isCommand(name)) {
    const names = Object.keys(commands);
    throw new UsageError(
      `expected a command (${names.join(", ")}), got: ${name}; did you mean ${nearest(name, names) ?? ""}?`,
    );
  }
  const command = await commands[name]();
  if (rest.some(help)) process.stdout.write(`${await renderUsage(command)}\n`);
  else await runCommand(command, { rawArgs: [...rest] });
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const line = lineOf(error);
  if (line !== "") process.stderr.write(`${line}\n`);
  process.exitCode = exitCodeOf(error);
}
