import { relative } from "node:path";
import { loadEnvironments } from "../environments/schema/load.ts";
import { planOf } from "../operate/adopt-plan.ts";
import type { PlannedChange } from "../operate/adopt-plan.ts";
import { adopt, removeSecrets } from "../operate/adopt.ts";
import type { Adoption } from "../operate/adopt.ts";
import { inventoryScopes, takeInventory } from "../operate/inventory.ts";
import { readManaged } from "../operate/managed.ts";
import { needScopes, reachTenant } from "../operate/tenant.ts";
import type { TenantAccess } from "../operate/tenant.ts";
import { ownVariables } from "../operate/variables.ts";
import { surroundings } from "../terraform/surroundings.ts";
import { terraformVersion } from "../terraform/version.ts";
import { command } from "./command.ts";
import { typed } from "./confirm.ts";
import { Exit, UsageError } from "./errors.ts";
import { stepsOn } from "./steps.ts";

const near = (path: string) => relative(process.cwd(), path);
const listed = (title: string, lines: readonly string[]) =>
  lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : [];

function described({ backup, file, imports, terms }: Adoption): string[] {
  return [
    `What was there is in ${near(backup)}`,
    ...(file === undefined
      ? ["Nothing is left to take over: what the tenant has is in the state, or there is nothing."]
      : listed(
          `The stack takes over, by ${near(file)}:`,
          imports.map(({ to }) => to),
        )),
    ...(file === undefined ? [] : listed("With the next deploy:", terms.changes)),
    ...listed("Look at this before:", terms.dangers),
  ];
}

function planned(changes: readonly PlannedChange[]): string[] {
  const count = (fits: (change: PlannedChange) => boolean) => String(changes.filter(fits).length);
  const lines = changes
    .filter(({ actions, imported }) => imported || actions !== "no-op")
    .map(({ address, actions, imported, attributes }) => {
      const what = actions === "no-op" ? "stays as it is" : actions;
      const which =
        attributes.length > 0 && actions === "update" ? `: ${attributes.join(", ")}` : "";
      return `${address}: ${imported ? "taken over, " : ""}${what}${which}`;
    });
  return listed(
    `The plan takes over ${count(({ imported }) => imported)}, changes ${count(({ actions }) => actions === "update")} in place, ` +
      `makes ${count(({ actions }) => actions === "create")}, destroys ${count(({ actions }) => actions.includes("delete"))}:`,
    lines,
  );
}

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
  needScopes(tenant, ["update:actions"]);
  const agreed = yes
    ? "yes"
    : await typed(
        `Remove ${names.join("; ")} from the drafts? Auth0 shows no values. (yes/no) `,
        signal,
      );
  if (agreed === undefined)
    throw new UsageError(
      "otp adopt --remove-secrets: expected --yes where nobody can be asked, got: nothing; no secret was removed",
    );
  if (agreed !== "yes")
    throw new UsageError(
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
  description: "Prepares to take over what a tenant has already; nothing in it is changed",
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
    yes: { type: "boolean", description: "asks nothing" },
  },
  async run(options, signal) {
    const [environment] = await loadEnvironments([options.environment]);
    if (!environment) return;
    const steps = stepsOn(process.stdout);
    const say = (lines: readonly string[]) => {
      lines.forEach((line) => {
        steps.say(line);
      });
    };
    const { variables, confidential } = ownVariables(environment, process.env);
    const around = await surroundings(variables);
    const terraform = { environment: around.environment, confidential, signal };
    try {
      await terraformVersion(around.environment);
      const { name, domain } = environment;
      const tenant = await reachTenant({
        name,
        domain,
        signal,
        say: (line) => {
          steps.say(line);
        },
      });
      needScopes(tenant, inventoryScopes(environment));
      const inventory = await steps.step(`what ${domain} has`, () =>
        takeInventory(tenant, environment),
      );
      const managed = await steps.step("what the state has", () =>
        readManaged(environment, terraform),
      );
      await managed.close();
      const adoption = await adopt(environment, inventory, managed.ids, options.backups);
      say(described(adoption));
      const { yes = false, "remove-secrets": remove = false } = options;
      say(await secrets(tenant, adoption, { name: options.environment, remove, yes }, signal));
      if (adoption.file === undefined) return;
      const changes = await steps.step("the plan that results", () =>
        planOf(environment, terraform),
      );
      say(planned(changes));
      if (changes.some(({ actions }) => actions.includes("delete"))) {
        steps.say("A plan that destroys or replaces would stop logins: do not deploy it.");
        throw new Exit(1);
      }
      say([
        `Next: npx otp deploy ${options.environment}`,
        `After it, ${near(adoption.file)} has done its work and can be removed.`,
      ]);
    } finally {
      await around.remove();
    }
  },
});
