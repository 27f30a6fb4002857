import type { EnvironmentInput } from "./schema.ts";
import { noteVariable } from "./variables-read.ts";

export type { EnvironmentInput } from "./schema.ts";
export type { EmailVendorInput, PhoneVendorInput } from "./vendors.ts";

/** Where Terraform keeps the state. */
export type BackendInput = EnvironmentInput["backend"];

/** Names a secret; its value is read from the variable of that name and never stands in a file. */
export interface SecretReference {
  readonly secret: string;
}

/**
 * Refers to a secret by name. Its value comes from `TF_VAR_<name>`, or from `<name>` if a command of
 * this project starts Terraform.
 *
 * @param name - capital letters, digits and underscores, e.g. `POSTMARK_TOKEN`
 */
export function secret(name: string): SecretReference {
  return { secret: name };
}

/**
 * A value that is no secret and differs from machine to machine: the environment variable, or the
 * default if it is not set. Not for the domain of a tenant that matters: whoever can set the
 * variable could send the tenant's credentials elsewhere.
 */
export function variable(name: string, fallback: string): string;
export function variable(name: string): string | undefined;
export function variable(name: string, fallback?: string): string | undefined {
  const value = process.env[name];
  if (value === undefined || value === "") return fallback;
  noteVariable(name, value);
  return value;
}

/**
 * Gives an environment its type; it is checked when it is loaded. All fields, with their defaults:
 * `docs/environments.md`.
 */
export function defineEnvironment(environment: EnvironmentInput): EnvironmentInput {
  return environment;
}
