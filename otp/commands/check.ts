import { check as checkAll } from "../tenant/check.ts";
import { tableOf } from "../check-table.ts";
import { command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { Exit } from "../errors.ts";
import { onStages } from "../environment-run.ts";
import { stepsOn } from "../steps.ts";

export const check = command({
  name: "check",
  several: true,
  args: {
    environment: {
      type: "positional",
      description: "names, or paths of environment files",
      required: true,
    },
    json: { type: "boolean", description: "print JSON" },
  },
  async run({ _: references, json }, signal) {
    const steps = stepsOn(process.stderr);
    const say = (line: string) => {
      steps.say(line);
    };
    const all = await onStages(references, signal, async (stages) => {
      const done = [];
      for (const { environment, terraform } of stages) {
        const checks = await checkAll(environment, terraform, say);
        done.push({
          environment: environment.name,
          fine: checks.every(({ fine }) => fine),
          checks,
        });
      }
      return done;
    });
    process.stdout.write(
      json
        ? `${JSON.stringify(all, undefined, 2)}\n`
        : all.map(({ environment, checks }) => `${environment}\n${tableOf(checks)}`).join("\n"),
    );
    if (all.some(({ fine }) => !fine)) throw new Exit(exitCodes.failure);
  },
});
