import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { TerraformStack } from "cdktf";
import { z } from "zod";
import type { Environment } from "../config/environment.ts";
import { channels } from "../config/environment.ts";
import { UserError } from "../config/user-error.ts";

/** Something in the tenant that Terraform takes over instead of making it. */
export interface Import {
  /** Address in the stack, e.g. `auth0_action.email`. */
  readonly to: string;
  /** As the provider's import takes it. */
  readonly id: string;
}

const fileSchema = z.strictObject({
  imports: z.array(z.strictObject({ to: z.string(), id: z.string().regex(/^[\w.|-]+$/) })),
});

/** Where `otp adopt` writes what a stack takes over: beside the environment's file. */
export function importsFile({ file, name }: Environment): string {
  return join(dirname(file), `${name}.imports.json`);
}

/** Addresses of everything that an environment's stack declares. */
export function addressesOf(environment: Environment): string[] {
  return channels.flatMap((channel) => {
    const delivery = environment[channel];
    if (!delivery) return [];
    const connection = channel === "email" ? "email" : "sms";
    const { passwordless } = delivery;
    return [
      `auth0_action.${channel}`,
      `auth0_trigger_actions.${channel}`,
      `auth0_${channel}_provider.${channel}`,
      ...(passwordless ? [`auth0_connection.${connection}`] : []),
      ...(passwordless?.clients.length ? [`auth0_connection_clients.${connection}`] : []),
    ];
  });
}

/**
 * What an environment's stack takes over; those of channels that have left the environment are
 * passed over, since Terraform imports only what is declared.
 *
 * @throws UserError for a file that `otp adopt` did not write
 */
export async function readImports(environment: Environment): Promise<Import[]> {
  const file = importsFile(environment);
  if (!existsSync(file)) return [];
  const text = await readFile(file, "utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Said below, with everything else that is wrong with the file.
  }
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success)
    throw new UserError(
      `${file}: expected the imports that otp adopt wrote, got: something else; run otp adopt ${environment.name} again, or remove the file`,
    );
  const declared = addressesOf(environment);
  return parsed.data.imports.filter(({ to }) => declared.includes(to));
}

/** Declares import blocks; for what is in the state already they do nothing. */
export function declareImports(stack: TerraformStack, imports: readonly Import[]): void {
  if (imports.length > 0) stack.addOverride("import", imports);
}
