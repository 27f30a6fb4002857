import { relative } from "node:path";
import { backUp } from "../tenant/backup.ts";
import { takeInventory } from "../tenant/inventory.ts";
import { readManaged } from "../tenant/terraform-state.ts";
import {
  consequences,
  destroy as destroyStack,
  removeScopes,
  retireImports,
} from "../tenant/destroy.ts";
import { needScopes, reachTenant } from "../tenant/tenant.ts";
import { terraformVersion } from "../terraform/version.ts";
import { command } from "../command.ts";
import { typed } from "../confirm.ts";
import { onStages } from "../environment-run.ts";
import { stepsOn } from "../steps.ts";
import { UserError } from "../../config/user-error.ts";

/** @throws UserError where the name was not typed; nothing has been changed then */
async function confirm(name: string, given: string | undefined, signal: AbortSignal) {
  const answer = given ?? (await typed(`Type the environment's name to go on: `, signal));
  if (answer === name) return;
  throw new UserError(
    `otp destroy: expected ${given === undefined && answer === undefined ? `--confirm ${name} where nobody can be asked` : `the environment's name, ${name}`}, ` +
      `got: ${answer === undefined ? "nothing" : JSON.stringify(answer)}; nothing was changed`,
  );
}

export const destroy = command({
  name: "destroy",
  args: {
    environment: {
      type: "positional",
      description: "name, or path of an environment file",
      required: true,
    },
    confirm: { type: "string", description: "the environment's name", valueHint: "name" },
    backups: {
      type: "string",
      description: "folder of backups; default: adopted",
      valueHint: "folder",
    },
    "delete-connections": {
      type: "boolean",
      description: "deletes passwordless connections too, with all of their users",
    },
  },
  async run(options, signal) {
    const keepConnections = options["delete-connections"] !== true;
    const steps = stepsOn(process.stdout);
    const say = (line: string) => {
      steps.say(line);
    };
    await onStages([options.environment], signal, async (stages) => {
      for (const { environment, terraform, scratch } of stages) {
        const { name, domain } = environment;
        // A wrong name needs no tenant to be refused.
        if (options.confirm !== undefined) await confirm(name, options.confirm, signal);
        await terraformVersion(terraform.environment);
        const tenant = await reachTenant({ name, domain, signal, say });
        needScopes(tenant, removeScopes(environment, keepConnections));
        const managed = await steps.step("what the state has", () =>
          readManaged(environment, terraform),
        );
        try {
          if (managed.ids.size === 0)
            throw new UserError(
              `${name}: expected a deployed environment, got: a state without resources; nothing was changed`,
            );
          say(`After this, in ${domain}:`);
          for (const line of consequences(environment, managed.ids, keepConnections))
            say(`  ${line}`);
          await confirm(name, options.confirm, signal);
          const inventory = await takeInventory(tenant, environment);
          const backup = await backUp(name, inventory, options.backups);
          say(`What was there is in ${relative(process.cwd(), backup)}`);
          await steps.step(`terraform destroy ${name}`, () =>
            destroyStack(environment, managed, { ...terraform, keepConnections, output: scratch }),
          );
          await retireImports(environment, backup);
        } finally {
          await managed.close();
        }
      }
    });
  },
});
