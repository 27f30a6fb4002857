import { channels, secretNames } from "../../config/environment.ts";
import type { Environment } from "../../config/environment.ts";
import { secretValues, secretVariables } from "../../stacks/secrets.ts";
import { credentialVariables, prefixOf } from "./credentials.ts";

/** Names of all secrets of an environment, sorted. */
export function secretsOf(environment: Environment): string[] {
  const names = channels.flatMap((channel) => secretNames(environment, channel));
  return [...new Set(names)].sort();
}

/** What an environment's Terraform runs with, beside what every child gets. */
export interface OwnVariables {
  /** Credentials, domain and secrets; `undefined` hides one that is another environment's. */
  readonly variables: NodeJS.ProcessEnv;
  /** Values that must not be printed. */
  readonly confidential: readonly string[];
}

/**
 * The variables of one environment. Those that begin with its name go before the common ones, e.g.
 * `PRODUCTION_POSTMARK_TOKEN` before `POSTMARK_TOKEN`, so that one run can serve several.
 */
export function ownVariables(environment: Environment, given: NodeJS.ProcessEnv): OwnVariables {
  const names = secretsOf(environment);
  const prefix = prefixOf(environment.name);
  const own = Object.fromEntries(
    names.flatMap((name) => {
      const value = given[prefix + name];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
  const values = { ...secretValues(names, given), ...own };
  const credentials = credentialVariables(environment.name, given);
  const { AUTH0_API_TOKEN: token, AUTH0_CLIENT_SECRET: clientSecret } = credentials;
  return {
    variables: { ...credentials, AUTH0_DOMAIN: environment.domain, ...secretVariables(values) },
    confidential: [...Object.values(values), token, clientSecret].filter(
      (value) => value !== undefined,
    ),
  };
}
