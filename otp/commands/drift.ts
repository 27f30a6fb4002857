import { reachTenant } from "../tenant/tenant.ts";
import { verify } from "../tenant/verify.ts";
import { readPlan, review } from "../review/index.ts";
import { makePlan, planJson } from "../terraform/plan.ts";
import { markdownOf } from "../check-table.ts";
import { command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { Exit } from "../errors.ts";
import { builtCode, onStages } from "../environment-run.ts";
import { stepsOn } from "../steps.ts";

export const drift = command({
  name: "drift",
  several: true,
  args: {
    environment: {
      type: "positional",
      description: "names, or paths of environment files",
      required: true,
    },
    marker: { type: "string", description: "hidden text by which the document is found again" },
    json: { type: "boolean", description: "print JSON" },
  },
  async run({ _: references, json, marker }, signal) {
    const steps = stepsOn(process.stderr);
    const { looked, reviewed } = await onStages(references, signal, async (stages) => {
      const all = [];
      for (const { environment, terraform, scratch } of stages) {
        const { name, domain } = environment;
        const variables = terraform.environment;
        const tenant = await reachTenant({
          name,
          domain,
          variables,
          signal,
          say: (line) => {
            steps.say(line);
          },
        });
        const saved = await steps.step(`${name}: plan`, () =>
          makePlan(environment, scratch, terraform),
        );
        const checks = await steps.step(`${name}: verify`, async () =>
          verify(tenant, environment, await builtCode(environment)),
        );
        all.push({
          name,
          saved,
          checks,
          plan: readPlan(await planJson(saved), `${name}: the plan`),
        });
      }
      const secrets = stages.flatMap(({ terraform }) => terraform.confidential);
      const plans = all.map(({ name: environment, plan }) => ({ environment, plan }));
      // Each environment's table of checks follows, and must fit too.
      const limit = Math.max(65_536 - all.length * 8_000, 16_000);
      const written = review(plans, { secrets, limit, ...(marker !== undefined && { marker }) });
      return { looked: all, reviewed: written };
    });
    const environments = looked.map(({ name, saved, checks }) => ({
      environment: name,
      changes: saved.facts.changes,
      fine: checks.every(({ fine }) => fine),
      checks,
    }));
    const drifted = environments.some(({ changes, fine }) => changes || !fine);
    process.stdout.write(
      json
        ? `${JSON.stringify({ drifted, environments, review: reviewed.json }, undefined, 2)}\n`
        : [
            reviewed.markdown.trimEnd(),
            ...environments.map(
              ({ environment, checks }) =>
                `### What ${environment} runs\n\n${markdownOf(checks).trimEnd()}`,
            ),
            "",
          ].join("\n\n"),
    );
    if (drifted) throw new Exit(exitCodes.finding);
  },
});
