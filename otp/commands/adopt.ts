import { planOf } from "../tenant/adopt-plan.ts";
import { adopt, removeSecrets } from "../tenant/adopt.ts";
import type { Adoption } from "../tenant/adopt.ts";
import { inventoryScopes, takeInventory } from "../tenant/inventory.ts";
import { readManaged } from "../tenant/terraform-state.ts";
import { needScopes, reachTenant } from "../tenant/tenant.ts";
import type { TenantAccess } from "../tenant/tenant.ts";
import { terraformVersion } from "../terraform/version.ts";
import { described, listed, near, planned } from "../adopt-words.ts";
import { typed } from "../confirm.ts";
import { command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { Exit } from "../errors.ts";
import { onStages } from "../environment-run.ts";
import { stepsOn } from "../steps.ts";
import { UserError } from "../../config/user-error.ts";

/** Removes the secrets that the provider would refuse to erase, or says how to. */
async function secrets(
  tenant: TenantAccess,
  { terms: { unmanaged } }: Adoption,
  { name, remove, yes }: { readonly name: string; readonly remove: boolean; readonly yes: boolean },
  signal: AbortSignal,
): Promise<string[]> {
  if (unmanaged.length === 0) return [];
  const names = unmanaged.map(({ label, remove: lost }) => `${label}: ${lost.join(", ")}`);
  if (!remove)
    return [
      ...listed(
        "The deploy is refused as long as the tenant has secrets that the environment lacks:",
        names,
      ),
      `Name them in the environment, or run: npx otp adopt ${name} --remove-secrets`,
      "(what is deployed keeps them until the next deploy).",
    ];
  const agreed = yes
    ? "yes"
    : await typed(
        `Remove ${names.join("; ")} from the drafts? Auth0 shows no values. (yes/no) `,
        signal,
      );
  if (agreed === undefined)
    throw new UserError(
      "otp adopt --remove-secrets: expected --yes where nobody can be asked, got: nothing; no secret was removed",
    );
  if (agreed !== "yes")
    throw new UserError(
      'otp adopt --remove-secrets: expected "yes", got: another answer; no secret was removed',
    );
  await removeSecrets(tenant, unmanaged);
  return listed(
    "Removed from the drafts (what is deployed keeps them until the next deploy):",
    names,
  );
}

export const takeOver = command({
  name: "adopt",
  args: {
    environment: {
      type: "positional",
      description: "name, or path of an environment file",
      required: true,
    },
    backups: {
      type: "string",
      description: "folder of backups; default: adopted",
      valueHint: "folder",
    },
    "remove-secrets": {
      type: "boolean",
      description: "removes secrets that the environment lacks from the Actions' drafts",
    },
    yes: { type: "boolean", description: "skip confirmation" },
  },
  async run(options, signal) {
    const { environment: reference, yes = false, "remove-secrets": remove = false } = options;
    const steps = stepsOn(process.stdout);
    const say = (line: string) => {
      steps.say(line);
    };
    await onStages([reference], signal, async (stages) => {
      for (const { environment, terraform } of stages) {
        const { name, domain } = environment;
        await terraformVersion(terraform.environment);
        const tenant = await reachTenant({ name, domain, signal, say });
        needScopes(tenant, [
          ...inventoryScopes(environment),
          ...(remove ? ["update:actions"] : []),
        ]);
        const inventory = await steps.step(`what ${domain} has`, () =>
          takeInventory(tenant, environment),
        );
        const managed = await steps.step("what the state has", () =>
          readManaged(environment, terraform),
        );
        await managed.close();
        const adoption = await adopt(environment, inventory, managed.ids, options.backups);
        described(adoption).forEach(say);
        const about = { name: reference, remove, yes };
        (await secrets(tenant, adoption, about, signal)).forEach(say);
        if (adoption.file === undefined) return;
        const changes = await steps.step("the plan that results", () =>
          planOf(environment, terraform),
        );
        planned(changes).forEach(say);
        if (changes.some(({ actions }) => actions.includes("delete"))) {
          say("A plan that destroys or replaces would stop logins: do not deploy it.");
          throw new Exit(exitCodes.failure);
        }
        say(`Then: npx otp deploy ${reference}`);
        say(
          `${near(adoption.file)} belongs to the environment until then (commit it where CI deploys); ` +
            "afterwards it does nothing and can be removed.",
        );
      }
    });
  },
});
