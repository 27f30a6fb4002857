import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { UserError } from "../config/user-error.ts";
import { nearest } from "../config/nearest.ts";
import type { OtpCommand } from "./command.ts";
import { commandDescriptions, commandGroups } from "./command-list.ts";
import type { CommandName } from "./command-list.ts";
import { exitCodeOf, lineOf } from "./errors.ts";
import { exitCodes } from "./exit-codes.ts";

// Loaded when called: `otp build` does not wait for what `otp start` needs.
const load: Readonly<Record<CommandName, () => Promise<OtpCommand>>> = {
  start: () => import("./commands/start.ts").then(({ start }) => start),
  new: () => import("./commands/new.ts").then(({ create }) => create),
  environments: () => import("./commands/environments.ts").then(({ environments }) => environments),
  build: () => import("./commands/build.ts").then(({ build }) => build),
  simulate: () => import("./commands/simulate.ts").then(({ simulate }) => simulate),
  generate: () => import("./commands/generate.ts").then(({ generate }) => generate),
  plan: () => import("./commands/plan.ts").then(({ plan }) => plan),
  review: () => import("./commands/review.ts").then(({ review }) => review),
  check: () => import("./commands/check.ts").then(({ check }) => check),
  adopt: () => import("./commands/adopt.ts").then(({ takeOver }) => takeOver),
  deploy: () => import("./commands/deploy.ts").then(({ deploy }) => deploy),
  verify: () => import("./commands/verify.ts").then(({ verify }) => verify),
  drift: () => import("./commands/drift.ts").then(({ drift }) => drift),
  lock: () => import("./commands/lock.ts").then(({ lock }) => lock),
  send: () => import("./commands/send.ts").then(({ send }) => send),
  destroy: () => import("./commands/destroy.ts").then(({ destroy }) => destroy),
};

const isCommand = (name: string): name is CommandName => Object.hasOwn(load, name);

/** Usage in colour only where somebody can see it. */
function write(usage: string): void {
  const coloured = process.stdout.isTTY && !process.env["NO_COLOR"];
  process.stdout.write(`${coloured ? usage : stripVTControlCharacters(usage)}\n`);
}

function overview(): string {
  const names = Object.keys(commandDescriptions);
  const width = Math.max(...names.map((name) => name.length));
  return [
    "Deliver Auth0's one-time passcodes, as code",
    "",
    "Usage: otp <command> [options]",
    ...Object.entries(commandGroups).flatMap(([group, commands]) => [
      "",
      group,
      ...Object.entries(commands).map(
        ([name, description]) => `  ${name.padEnd(width)}  ${description}`,
      ),
    ]),
    "",
    "otp <command> --help shows a command's options; otp --version the version.",
  ].join("\n");
}

function version(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}

async function main([name = "--help", ...rest]: readonly string[]): Promise<void> {
  const help = (text: string) => text === "--help" || text === "-h";
  if (help(name)) {
    write(overview());
    return;
  }
  if (name === "--version" || name === "-v") {
    write(version());
    return;
  }
  if (!isCommand(name)) {
    const names = Object.keys(commandDescriptions);
    const meant = nearest(name, names);
    throw new UserError(
      `expected a command (${names.join(", ")}), got: ${name}` +
        (meant === undefined ? "; otp --help says what each does" : `; did you mean ${meant}?`),
    );
  }
  const command = await load[name]();
  if (rest.some(help)) write(await command.usage());
  else await command.run(rest);
}

// Whoever reads has seen enough: `otp environments --json | head -1`.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(exitCodes.done);
  });

const args = process.argv.slice(2);
try {
  await main(args);
} catch (error) {
  const line = lineOf(error);
  const code = exitCodeOf(error);
  if (line !== "" && args.includes("--json"))
    process.stdout.write(`${JSON.stringify({ error: line, code }, undefined, 2)}\n`);
  if (line !== "") process.stderr.write(`${line}\n`);
  process.exitCode = code;
}
