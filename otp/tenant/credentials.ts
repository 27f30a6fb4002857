import { UserError } from "../../config/user-error.ts";

/** How this machine shows a tenant who it is. */
export type Credentials =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "client"; readonly clientId: string; readonly clientSecret: string };

const names = ["AUTH0_API_TOKEN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET"] as const;

/** `EU_PRODUCTION_` for `eu-production`: what an environment's own variables begin with. */
export function prefixOf(name: string): string {
  return `${name.toUpperCase().replaceAll("-", "_")}_`;
}

function value(variables: NodeJS.ProcessEnv, name: string): string | undefined {
  const found = variables[name];
  return found === "" ? undefined : found;
}

/**
 * The variables by which Terraform's provider and this project find a tenant's credentials. One run
 * can reach several tenants: `PRODUCTION_AUTH0_CLIENT_ID` and its like go before `AUTH0_CLIENT_ID`,
 * and where an environment has any of its own, the common ones are not mixed in.
 *
 * @param name - the environment's name
 * @returns `undefined` for those that are not set, so that spreading it hides them from a child
 */
export function credentialVariables(
  name: string,
  variables: NodeJS.ProcessEnv,
): Readonly<Record<(typeof names)[number], string | undefined>> {
  const own = prefixOf(name);
  const prefix = names.some((one) => value(variables, own + one) !== undefined) ? own : "";
  return {
    AUTH0_API_TOKEN: value(variables, `${prefix}AUTH0_API_TOKEN`),
    AUTH0_CLIENT_ID: value(variables, `${prefix}AUTH0_CLIENT_ID`),
    AUTH0_CLIENT_SECRET: value(variables, `${prefix}AUTH0_CLIENT_SECRET`),
  };
}

/**
 * The credentials of an environment.
 *
 * @throws UserError naming the variables, where there are none
 */
export function credentialsOf(name: string, variables: NodeJS.ProcessEnv): Credentials {
  const {
    AUTH0_API_TOKEN: token,
    AUTH0_CLIENT_ID: clientId,
    AUTH0_CLIENT_SECRET: clientSecret,
  } = credentialVariables(name, variables);
  if (token !== undefined) return { kind: "token", token };
  if (clientId !== undefined && clientSecret !== undefined)
    return { kind: "client", clientId, clientSecret };
  const missing = clientId === undefined ? "AUTH0_CLIENT_ID" : "AUTH0_CLIENT_SECRET";
  throw new UserError({
    subject: name,
    expected: "credentials of the tenant",
    got: `no ${missing}`,
    todo:
      "set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_API_TOKEN " +
      `(with ${prefixOf(name)} before them for this environment alone)`,
  });
}
