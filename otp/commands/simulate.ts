import { writeFile } from "node:fs/promises";
import { loadEnvironments } from "../../config/load.ts";
import type { SimulateOptions } from "../simulate/index.ts";
import {
  missLine,
  render,
  renderSvg,
  scenarios,
  simulate as runSimulation,
} from "../simulate/index.ts";
import { command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { Exit } from "../errors.ts";
import { UserError } from "../../config/user-error.ts";

/** A whole number from an option, at least 1. */
function whole(option: string, value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new UserError(`otp simulate: expected a whole number from 1, got: --${option} ${value}`);
  return number;
}

/**
 * The scenarios to run.
 *
 * @throws UserError for both options at once, and for a scenario that does not exist
 */
function chosen(scenario: string | undefined, except: string | undefined) {
  if (except === undefined) return scenario === undefined ? {} : { scenarios: scenario.split(",") };
  if (scenario !== undefined)
    throw new UserError("otp simulate: use either --scenario or --except, not both");
  const out = except.split(",");
  const names = scenarios.map(({ name }) => name);
  const unknown = out.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new UserError({
      subject: "otp simulate",
      expected: `--except to name scenarios (${names.join(", ")})`,
      got: `"${unknown}"`,
    });
  return { scenarios: names.filter((name) => !out.includes(name)) };
}

/** Shows the running scenario on a terminal; writes nothing elsewhere. */
const progress: SimulateOptions["progress"] = ({ done, of, channel, title }) => {
  if (process.stderr.isTTY)
    process.stderr.write(`\r\u001B[2K${String(done + 1)} of ${String(of)}: ${channel}, ${title}`);
};

export const simulate = command({
  name: "simulate",
  args: {
    environment: {
      type: "positional",
      description: "name, or path of an environment file",
      required: true,
    },
    messages: {
      type: "string",
      description: "messages per scenario; default: as many as its goals need",
      valueHint: "20000",
    },
    channel: { type: "enum", options: ["email", "phone"], description: "default: both" },
    scenario: {
      type: "string",
      description: `one or more, separated by commas: ${scenarios.map(({ name }) => name).join(", ")}`,
    },
    except: {
      type: "string",
      description: "scenarios to leave out, separated by commas; not with --scenario",
    },
    seed: { type: "string", default: "1", description: "the same seed gives the same figures" },
    svg: {
      type: "string",
      description: "write the delivery curves to this file",
      valueHint: "file",
    },
    json: { type: "boolean", description: "print JSON" },
  },
  async run(
    { environment: reference, channel, scenario, except, messages, svg, json, ...options },
    signal,
  ) {
    const [environment] = await loadEnvironments([reference]);
    if (!environment) return;
    const simulation = await runSimulation(environment, {
      ...(channel !== undefined && { channels: [channel] }),
      ...chosen(scenario, except),
      ...(messages !== undefined && { messages: whole("messages", messages) }),
      seed: whole("seed", options.seed),
      progress,
      signal,
    });
    if (process.stderr.isTTY) process.stderr.write("\r\u001B[2K");
    if (svg !== undefined) await writeFile(svg, renderSvg(simulation));
    process.stdout.write(
      json ? `${JSON.stringify(simulation, undefined, 2)}\n` : `${render(simulation)}\n`,
    );
    if (simulation.missed.length === 0) return;
    process.stderr.write(`${simulation.missed.map(missLine).join("\n")}\n`);
    throw new Exit(exitCodes.failure);
  },
});
