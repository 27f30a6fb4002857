import type { Environment } from "../../config/environment.ts";
import { channels } from "../../config/environment.ts";
import { configWarnings } from "../../config/warnings.ts";
import { readImports } from "../../stacks/imports.ts";
import type { TerraformOptions } from "../terraform/terraform.ts";
import { importsFor } from "./adopt-imports.ts";
import { checkMachine, finding } from "./check-machine.ts";
import { compare } from "./comparison.ts";
import type { Check } from "./comparison.ts";
import { inventoryScopes, takeInventory } from "./inventory.ts";
import type { Managed } from "./terraform-state.ts";
import { reachTenant } from "./tenant.ts";
import type { TenantAccess } from "./tenant.ts";

/** The scopes that planning, deploying and verifying need. */
export function deployScopes(environment: Environment): string[] {
  const all = (thing: string) => ["read", "create", "update"].map((verb) => `${verb}:${thing}`);
  const hasConnection = channels.some((channel) => environment[channel]?.passwordless);
  return [
    ...all("actions"),
    ...(environment.email ? all("email_provider") : []),
    ...(environment.phone ? [...all("phone_providers"), "read:tenant_settings"] : []),
    ...(hasConnection ? all("connections") : []),
  ];
}

async function phoneExperience(tenant: TenantAccess): Promise<Check> {
  const settings = await tenant.ask(
    tenant.api.tenants.settings.get({ fields: "phone_consolidated_experience" }),
  );
  return compare(
    "unified phone experience",
    "on",
    settings.phone_consolidated_experience ? "on" : "off",
    "switch it on in the dashboard (Branding, Phone Provider): without it the Action is not asked",
  );
}

/** Whether the tenant has something that the stack would make, or take over without a word. */
async function strangers(
  tenant: TenantAccess,
  environment: Environment,
  managed: Managed,
): Promise<Check> {
  const inventory = await takeInventory(tenant, environment);
  const known = (await readImports(environment)).map(({ to }) => to);
  const found = importsFor(environment, inventory, managed.ids)
    .map(({ to }) => to)
    .filter((to) => !known.includes(to));
  return compare(
    "set up by hand",
    "nothing that the state lacks",
    found.length > 0 ? found.join(", ") : "nothing that the state lacks",
    `run \`npx otp adopt ${environment.name}\`: a tenant takes one Action for each of these triggers`,
  );
}

async function checkTenant(
  environment: Environment,
  { environment: variables, signal }: TerraformOptions,
  managed: Managed | undefined,
  say: (line: string) => void,
): Promise<Check[]> {
  const { name, domain } = environment;
  const credentials = { what: "credentials", expected: `those of ${domain}` };
  let tenant: TenantAccess;
  try {
    tenant = await reachTenant({ name, domain, variables, say, ...(signal && { signal }) });
  } catch (error) {
    const todo = `check the credentials and that ${domain} is the tenant's own domain`;
    return [{ ...credentials, todo, ...finding(error), fine: false }];
  }
  const missing = deployScopes(environment).filter((scope) => !tenant.scopes.has(scope));
  const has = (scopes: readonly string[]) => scopes.every((scope) => tenant.scopes.has(scope));
  return [
    { ...credentials, got: credentials.expected, fine: true },
    compare(
      "scopes",
      "all that a deploy needs",
      missing.length > 0 ? `without ${missing.join(", ")}` : "all that a deploy needs",
      `grant ${missing.join(", ")} to the client for https://${domain}/api/v2/`,
    ),
    ...(environment.phone && has(["read:tenant_settings"]) ? [await phoneExperience(tenant)] : []),
    // Without the state or the scopes nothing can be said; that they are missing is a finding.
    ...(managed && has(inventoryScopes(environment))
      ? [await strangers(tenant, environment, managed)]
      : []),
  ];
}

/** Looks at everything that a first deploy can fail at, and changes nothing. */
export async function check(
  environment: Environment,
  options: TerraformOptions,
  say: (line: string) => void,
): Promise<Check[]> {
  const { checks, managed } = await checkMachine(environment, options);
  const warnings = configWarnings(environment).map(({ field, expected, got, todo }): Check => ({
    ...{ what: field, expected, got, todo },
    ...{ fine: true, warning: true },
  }));
  return [...checks, ...(await checkTenant(environment, options, managed, say)), ...warnings];
}
