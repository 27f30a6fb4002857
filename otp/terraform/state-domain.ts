import type { Environment } from "../../config/environment.ts";
import { UserError } from "../../config/user-error.ts";
import { readManifest } from "../review/manifest.ts";
import type { TerraformOptions } from "./terraform.ts";
import { terraform } from "./terraform.ts";
import { stateSchema } from "./state.ts";

/** The tenants that the Actions in a state were built for. */
export function domainsInState(state: string): string[] {
  const { resources } = stateSchema.parse(state.trim() === "" ? {} : JSON.parse(state));
  const codes = resources
    .filter(({ type }) => type === "auth0_action")
    .flatMap(({ instances }) => instances.map(({ attributes }) => attributes.code));
  return [
    ...new Set(
      codes.flatMap((code) => {
        const domain = readManifest(code)?.declared?.environment["domain"];
        return typeof domain === "string" ? [domain] : [];
      }),
    ),
  ];
}

/**
 * Makes sure that a state is of the tenant that the environment's file names, before the tenant's
 * credentials go anywhere.
 *
 * @param folder - an initialised stack
 * @throws UserError if the state is of another tenant
 */
export async function checkStateDomain(
  { name, domain, protect }: Environment,
  folder: string,
  options: TerraformOptions,
): Promise<void> {
  // A throw-away tenant, such as a local one, gets another address each time it is started.
  if (!protect) return;
  const { stdout } = await terraform(folder, ["state", "pull"], options);
  const other = domainsInState(stdout).find((one) => one !== domain);
  if (other === undefined) return;
  throw new UserError({
    expected: `a state of ${domain}, which the file of ${name} names`,
    got: `one of ${other}; no credential was sent`,
    todo: "correct the domain, or give the other tenant an environment and a state of its own",
  });
}
