import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { existsSync } from "node:fs";
import type { Environment } from "../../config/environment.ts";
import { importsFile } from "../../stacks/imports.ts";
import { lockTimeout, prepareStack } from "../terraform/plan.ts";
import { terraform } from "../terraform/terraform.ts";
import type { TerraformOptions } from "../terraform/terraform.ts";
import { withoutSecrets } from "./terraform-state.ts";
import type { Managed } from "./terraform-state.ts";
import { UserError } from "../../config/user-error.ts";

/** The scopes that handing delivery back needs. */
export function removeScopes({ email, phone }: Environment, keepConnections: boolean): string[] {
  const things = [
    ...(email ? ["email_provider"] : []),
    ...(phone ? ["phone_providers"] : []),
    ...(keepConnections ? [] : ["connections"]),
  ];
  return [
    ...["read:actions", "update:actions", "delete:actions"],
    // For the backup.
    ...(keepConnections && (email?.passwordless || phone?.passwordless)
      ? ["read:connections"]
      : []),
    ...things.flatMap((thing) => [`read:${thing}`, `delete:${thing}`]),
    ...(keepConnections ? [] : ["update:connections"]),
  ];
}

const isConnection = (address: string) => /^auth0_connection(_clients)?\./.test(address);

/** What removing an environment leaves behind, in words. */
export function consequences(
  { domain }: Environment,
  ids: Managed["ids"],
  keepConnections: boolean,
): string[] {
  const has = (address: string) => ids.has(address);
  const connections = [...ids.keys()].filter((one) => one.startsWith("auth0_connection."));
  const names = connections.map((one) => one.replace("auth0_connection.", "")).join(", ");
  return [
    ...(has("auth0_email_provider.email")
      ? [
          `${domain} has no e-mail provider: codes, verifications and password resets by e-mail stop, or go out by Auth0's own, which is made for tests`,
        ]
      : []),
    ...(has("auth0_phone_provider.phone")
      ? [`${domain} has no phone provider: codes by text message and call stop`]
      : []),
    ...(connections.length > 0
      ? [
          keepConnections
            ? `the connections ${names} stay with their users; nothing manages them any more`
            : `the connections ${names} are deleted, with all of their users`,
        ]
      : []),
  ];
}

/**
 * Destroys what an environment's state has: providers, then bindings, then Actions. Its protection
 * is lifted for this one run.
 *
 * @param keepConnections - connections leave the state and stay in the tenant
 * @param output - a folder of its own for the synthesised stack
 * @throws CommandError with Terraform's errors
 */
export async function destroy(
  environment: Environment,
  managed: Managed,
  options: TerraformOptions & { readonly keepConnections: boolean; readonly output: string },
): Promise<void> {
  const { keepConnections, output } = options;
  const variables = withoutSecrets(environment, options.environment);
  // A connection's users go with it, and they are not ours.
  if (keepConnections) await managed.forget([...managed.ids.keys()].filter(isConnection));
  const terraformOptions = { ...options, environment: variables, unprotected: true };
  const stack = await prepareStack(environment, output, terraformOptions);
  await terraform(
    stack.folder,
    ["destroy", "-auto-approve", "-input=false", "-no-color", lockTimeout],
    terraformOptions,
  );
}

/** Moves the import blocks of what is gone to the backup; the next deploy would look for it. */
export async function retireImports(environment: Environment, backup: string): Promise<void> {
  const file = importsFile(environment);
  if (!existsSync(file)) return;
  await mkdir(backup, { recursive: true });
  await rename(file, join(backup, "imports.json")).catch((error: unknown) => {
    const { code = "an error" } = error as NodeJS.ErrnoException;
    throw new UserError(`expected to move ${file} to the backup, got: ${code}; remove that file`);
  });
}
