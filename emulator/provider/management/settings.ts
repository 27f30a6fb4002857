import { Failure } from "../protocol/failure.ts";
import type { Block } from "../protocol/schema.ts";
import { asText } from "../protocol/value.ts";
import type { ObjectValue } from "../protocol/value.ts";

/** The provider's block. What the stand-in does not use is accepted all the same. */
export const providerBlock: Block = {
  attributes: {
    api_token: { type: "string", optional: true },
    audience: { type: "string", optional: true },
    cli_login: { type: "bool", optional: true },
    client_assertion_private_key: { type: "string", optional: true },
    client_assertion_signing_alg: { type: "string", optional: true },
    client_id: { type: "string", optional: true },
    client_secret: { type: "string", optional: true },
    custom_domain_header: { type: "string", optional: true },
    debug: { type: "bool", optional: true },
    domain: { type: "string", optional: true },
    dynamic_credentials: { type: "bool", optional: true },
  },
};

/** Environment variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Which tenant, and how to get in. */
export type Settings = { readonly domain: string } & (
  | { readonly token: string }
  | {
      readonly token?: undefined;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly audience: string;
    }
);

/**
 * The provider's block, completed by the variables `AUTH0_DOMAIN`, `AUTH0_API_TOKEN`,
 * `AUTH0_CLIENT_ID`, `AUTH0_CLIENT_SECRET` and `AUTH0_AUDIENCE`.
 *
 * @throws Failure that names what is missing
 */
export function readSettings(config: ObjectValue, environment: Environment): Settings {
  const find = (attribute: string): string | undefined => {
    const value = asText(config[attribute]) ?? environment[`AUTH0_${attribute.toUpperCase()}`];
    return value === "" ? undefined : value;
  };
  const need = (attribute: string): string => {
    const value = find(attribute);
    if (value !== undefined) return value;
    throw new Failure(
      `The provider's ${attribute} is missing`,
      `Expected the attribute ${attribute} or the environment variable AUTH0_${attribute.toUpperCase()}, got neither.`,
    );
  };
  const domain = checkDomain(need("domain"));
  const token = find("api_token");
  if (token !== undefined) return { domain, token };
  return {
    domain,
    clientId: need("client_id"),
    clientSecret: need("client_secret"),
    audience: find("audience") ?? `https://${domain}/api/v2/`,
  };
}

function checkDomain(domain: string): string {
  const host = domain.replace(/^https:\/\//, "").replace(/\/$/, "");
  if (/^[a-z0-9.-]+(:\d{1,5})?$/i.test(host)) return host;
  throw new Failure(
    "The provider's domain is not one",
    `Expected a host such as tenant.eu.auth0.com or localhost:8443, got: ${domain}.`,
    "domain",
  );
}
