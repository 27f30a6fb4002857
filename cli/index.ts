import { stripVTControlCharacters } from "node:util";
import { defineCommand, renderUsage, runCommand } from "citty";
import { nearest } from "../environments/schema/nearest.ts";
import { UsageError, exitCodeOf, lineOf } from "./errors.ts";

// Loaded when called: `otp build` should not wait for what `otp start` needs.
const commands = {
  start: () => import("./start.ts").then(({ start }) => start),
  build: () => import("./build.ts").then(({ build }) => build),
  environments: () => import("./environments.ts").then(({ environments }) => environments),
  review: () => import("./review.ts").then(({ review }) => review),
  rehearse: () => import("./rehearse.ts").then(({ rehearse }) => rehearse),
  generate: () => import("./generate.ts").then(({ generate }) => generate),
  plan: () => import("./plan.ts").then(({ plan }) => plan),
  deploy: () => import("./deploy.ts").then(({ deploy }) => deploy),
  verify: () => import("./verify.ts").then(({ verify }) => verify),
  try: () => import("./try.ts").then(({ tryOut }) => tryOut),
  drift: () => import("./drift.ts").then(({ drift }) => drift),
  new: () => import("./new.ts").then(({ create }) => create),
  check: () => import("./check.ts").then(({ check }) => check),
  adopt: () => import("./adopt.ts").then(({ takeOver }) => takeOver),
  remove: () => import("./remove.ts").then(({ handBack }) => handBack),
} as const;

/** Usage as citty renders it, in colour only where somebody can see it. */
function write(usage: string): void {
  const coloured = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;
  process.stdout.write(`${coloured ? usage : stripVTControlCharacters(usage)}\n`);
}

const isCommand = (name: string): name is keyof typeof commands => Object.hasOwn(commands, name);

async function main([name = "--help", ...rest]: readonly string[]): Promise<void> {
  const help = (text: string) => text === "--help" || text === "-h";
  if (help(name)) {
    const otp = defineCommand({
      meta: { name: "otp", description: "Delivers Auth0's one-time passcodes, as code" },
      subCommands: commands,
    });
    write(await renderUsage(otp));
    return;
  }
  if (!isCommand(name)) {
    const names = Object.keys(commands);
    const meant = nearest(name, names);
    throw new UsageError(
      `expected a command (${names.join(", ")}), got: ${name}` +
        (meant === undefined ? "; otp --help says what each does" : `; did you mean ${meant}?`),
    );
  }
  const command = await commands[name]();
  if (rest.some(help)) write(await renderUsage(command));
  else await runCommand(command, { rawArgs: [...rest] });
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const line = lineOf(error);
  if (line !== "") process.stderr.write(`${line}\n`);
  process.exitCode = exitCodeOf(error);
}
