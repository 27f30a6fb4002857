import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Environment } from "../../config/environment.ts";
import { loadEnvironments } from "../../config/load.ts";
import { changedRoutes, checkPlan, failsOn, review as write } from "../review/index.ts";
import type { NamedPlan } from "../review/index.ts";
import { simulate, render } from "../simulate/index.ts";
import { command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { Exit } from "../errors.ts";
import { knownSecrets, readPlans } from "../plan-files.ts";
import { UserError } from "../../config/user-error.ts";

/** Enough for shares in tenths of a percent, and done in seconds. */
const simulatedMessages = 4_000;

/** Adds the simulation of outages to a plan that changes which vendors are asked, or their order. */
async function simulated(
  named: NamedPlan,
  environments: readonly Environment[],
  { scenarios, signal }: { scenarios: readonly string[]; signal: AbortSignal },
): Promise<NamedPlan> {
  const channels = changedRoutes(named.plan);
  const environment = environments.find(({ name }) => name === named.environment);
  if (channels.length === 0 || !environment) return named;
  const played = await simulate(environment, {
    channels,
    messages: simulatedMessages,
    signal,
    ...(scenarios.length > 0 && { scenarios }),
  });
  return { ...named, simulation: `\`\`\`text\n${render(played)}\n\`\`\`` };
}

/** What an option lists by commas. */
const listed = (text = ""): string[] =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

async function save(path: string, text: string): Promise<void> {
  await mkdir(dirname(resolve(path)), { recursive: true });
  await writeFile(path, text);
}

export const review = command({
  name: "review",
  several: true,
  args: {
    plans: {
      type: "positional",
      description: "a plan's JSON, or a folder that `otp plan` made; several may be named",
      required: true,
    },
    out: { type: "string", description: "file for the document", valueHint: "file" },
    full: { type: "string", description: "file for the document uncut", valueHint: "file" },
    limit: { type: "string", default: "65536", description: "most characters of the document" },
    link: { type: "string", description: "where the uncut document is: https:// or a few words" },
    marker: { type: "string", description: "hidden text by which a comment is found again" },
    "only-changes": { type: "boolean", description: "write an empty document if nothing changes" },
    simulate: {
      type: "string",
      description: "environments whose outages are simulated where vendors or their order change",
      valueHint: "names or paths, by commas",
    },
    scenarios: { type: "string", description: "outages to simulate, by commas; default: all" },
    "fail-on": { type: "string", description: "kinds of dangers, by commas; exit code 2 for any" },
    json: { type: "boolean", description: "print JSON instead of the document" },
  },
  async run(args, signal) {
    const {
      out,
      full,
      limit,
      link,
      marker,
      "only-changes": onlyChanges = false,
      json = false,
    } = args;
    if (!/^[1-9]\d{2,7}$/.test(limit))
      throw new UserError(`otp review: expected a number of 100 or more, got: --limit ${limit}`);
    const read = await readPlans(args._);
    const references = listed(args.simulate);
    const environments = references.length > 0 ? await loadEnvironments(references) : [];
    const scenarios = listed(args.scenarios);
    const plans: NamedPlan[] = [];
    for (const one of read) {
      const check = await checkPlan(one.plan, one.isNoted ? one.environment : undefined);
      plans.push(await simulated({ ...one, check }, environments, { scenarios, signal }));
    }
    const made = write(plans, {
      secrets: knownSecrets(
        plans.map(({ plan }) => plan),
        process.env,
      ),
      limit: Number(limit),
      ...(link !== undefined && { fullDocument: link }),
      ...(marker !== undefined && { marker }),
    });
    const failing = failsOn(made, listed(args["fail-on"]));
    const isSilent = onlyChanges && !made.changed;
    const document = isSilent ? "" : `${made.markdown}\n`;
    if (out !== undefined) await save(out, document);
    if (full !== undefined) await save(full, isSilent ? "" : `${made.full}\n`);
    if (json) process.stdout.write(`${JSON.stringify(made.json, undefined, 2)}\n`);
    else if (out === undefined) process.stdout.write(document);
    for (const { environment, kind, message } of failing)
      process.stderr.write(`${environment}: ${kind}: ${message}\n`);
    if (failing.length > 0) throw new Exit(exitCodes.finding);
  },
});
