import { deploy as deployTo } from "../tenant/deploy.ts";
import { PlanError } from "../terraform/plan-artifact.ts";
import type { Deployed } from "../tenant/deploy.ts";
import { tableOf } from "../check-table.ts";
import { command } from "../command.ts";
import { typed } from "../confirm.ts";
import { exitCodes } from "../exit-codes.ts";
import { Exit, lineOf } from "../errors.ts";
import { reviewOf, summaryOf } from "../plan-summary.ts";
import { builtCode, onStages } from "../environment-run.ts";
import type { Stage } from "../environment-run.ts";
import { stepsOn } from "../steps.ts";
import { UserError } from "../../config/user-error.ts";

/** Shows a plan and has it agreed to. */
async function agree(
  { environment: { name }, terraform: { confidential, signal } }: Stage,
  json: string,
  yes: boolean,
): Promise<void> {
  const lines = summaryOf(reviewOf(name, json, confidential));
  process.stderr.write(`${lines.join("\n")}\n`);
  if (yes) return;
  const answer = await typed(`Type ${name} to apply this: `, signal);
  if (answer === undefined)
    throw new UserError(
      `otp deploy: expected somebody to agree to the plan of ${name}, got: no terminal to ask on; add --yes, or --plan with one that was reviewed`,
    );
  if (answer !== name)
    throw new UserError(`otp deploy: expected ${name}, got: another word; nothing was applied`);
}

export const deploy = command({
  name: "deploy",
  several: true,
  args: {
    environment: {
      type: "positional",
      description: "names, or paths of environment files",
      required: true,
    },
    plan: {
      type: "string",
      description:
        "applies only what this reviewed plan of `otp plan` says; exit with 3 if Terraform would do anything else",
      valueHint: "folder",
    },
    yes: { type: "boolean", description: "skip confirmation" },
    "resend-secrets": {
      type: "boolean",
      description: "send all secrets, whatever Terraform's state says of them",
    },
    json: { type: "boolean", description: "print JSON" },
  },
  async run({ _: references, plan, yes = false, "resend-secrets": resend = false, json }, signal) {
    if (plan !== undefined && references.length > 1)
      throw new UserError("otp deploy: expected one environment for one --plan, got: several");
    const steps = stepsOn(process.stderr);
    const done: Deployed[] = [];
    const failure = await onStages(references, signal, async (stages) => {
      for (const [index, stage] of stages.entries()) {
        const { environment, terraform, scratch } = stage;
        const rest = stages.slice(index + 1).map((later) => later.environment.name);
        try {
          const deployed = await deployTo({
            environment,
            terraform,
            scratch,
            built: await builtCode(environment),
            progress: steps,
            resend,
            ...(plan !== undefined && { plan }),
            agree: ({ json: text }) => agree(stage, text, yes),
          });
          done.push(deployed);
          if (deployed.checks.every(({ fine }) => fine)) continue;
        } catch (error) {
          if (rest.length > 0 && !signal.aborted)
            steps.say(`${environment.name} failed; not deployed: ${rest.join(", ")}`);
          return error;
        }
        if (rest.length > 0)
          steps.say(`${environment.name} failed; not deployed: ${rest.join(", ")}`);
        return new Exit(exitCodes.failure);
      }
      return undefined;
    });
    const fine = (checks: Deployed["checks"]) => checks.every((check) => check.fine);
    if (json)
      process.stdout.write(
        `${JSON.stringify(
          done.map((one) => ({ ...one, fine: fine(one.checks) })),
          undefined,
          2,
        )}\n`,
      );
    else
      for (const { environment, digest, checks } of done)
        process.stdout.write(`${environment} (plan ${digest})\n${tableOf(checks)}`);
    if (failure instanceof PlanError) {
      steps.say(lineOf(failure));
      throw new Exit(exitCodes.stalePlan);
    }
    if (failure instanceof Error) throw failure;
  },
});
