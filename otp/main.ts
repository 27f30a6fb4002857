import { stripVTControlCharacters } from "node:util";
import { defineCommand, renderUsage, runCommand } from "citty";
import { nearest } from "../config/nearest.ts";
import { exitCodeOf, lineOf } from "./errors.ts";
import { UserError } from "../config/user-error.ts";

// Loaded when called: `otp build` should not wait for what `otp start` needs.
const commands = {
  start: () => import("./commands/start.ts").then(({ start }) => start),
  build: () => import("./commands/build.ts").then(({ build }) => build),
  environments: () => import("./commands/environments.ts").then(({ environments }) => environments),
  review: () => import("./commands/review.ts").then(({ review }) => review),
  simulate: () => import("./commands/simulate.ts").then(({ simulate }) => simulate),
  generate: () => import("./commands/generate.ts").then(({ generate }) => generate),
  plan: () => import("./commands/plan.ts").then(({ plan }) => plan),
  deploy: () => import("./commands/deploy.ts").then(({ deploy }) => deploy),
  verify: () => import("./commands/verify.ts").then(({ verify }) => verify),
  send: () => import("./commands/send.ts").then(({ send }) => send),
  drift: () => import("./commands/drift.ts").then(({ drift }) => drift),
  new: () => import("./commands/new.ts").then(({ create }) => create),
  lock: () => import("./commands/lock.ts").then(({ lock }) => lock),
  check: () => import("./commands/check.ts").then(({ check }) => check),
  adopt: () => import("./commands/adopt.ts").then(({ takeOver }) => takeOver),
  destroy: () => import("./commands/destroy.ts").then(({ destroy }) => destroy),
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
    throw new UserError(
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
