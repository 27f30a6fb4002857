import { join, relative } from "node:path";
import { makePlan, planJson } from "../terraform/plan.ts";
import { command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { Exit } from "../errors.ts";
import { reviewOf, summaryOf } from "../plan-summary.ts";
import { onStages } from "../environment-run.ts";
import { stepsOn } from "../steps.ts";

export const plan = command({
  name: "plan",
  several: true,
  args: {
    environment: {
      type: "positional",
      description: "names, or paths of environment files",
      required: true,
    },
    out: {
      type: "string",
      default: join("dist", "plans"),
      description: "folder; each plan goes into one of its environment's name",
      valueHint: "folder",
    },
    json: { type: "boolean", description: "print JSON" },
    "detailed-exitcode": { type: "boolean", description: "exit with 2 if anything changes" },
  },
  async run({ _: references, out, json, "detailed-exitcode": detailed }, signal) {
    const steps = stepsOn(process.stderr);
    const made = await onStages(references, signal, async (stages) => {
      const all = [];
      for (const { environment, terraform } of stages) {
        const folder = join(out, environment.name);
        const saved = await steps.step(`${environment.name}: plan`, () =>
          makePlan(environment, folder, terraform),
        );
        const review = reviewOf(environment.name, await planJson(saved), terraform.confidential);
        all.push({ saved, review });
      }
      return all;
    });
    process.stdout.write(
      json
        ? `${JSON.stringify(
            made.map(({ saved: { folder, facts }, review }) => ({
              ...facts,
              folder,
              headline: review.json.environments[0]?.headline,
              dangers: review.dangers,
            })),
            undefined,
            2,
          )}\n`
        : made
            .flatMap(({ saved: { folder, facts }, review }) => [
              ...summaryOf(review),
              `  kept in ${relative(process.cwd(), folder) || folder}`,
              `  digest ${facts.digest}\n`,
            ])
            .join("\n"),
    );
    if (detailed && made.some(({ saved }) => saved.facts.changes))
      throw new Exit(exitCodes.finding);
  },
});
