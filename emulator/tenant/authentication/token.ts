import { otpGrant } from "../management/clients.ts";
import { AuthenticationRefusal } from "../api-error.ts";
import type { TenantState } from "../state.ts";
import { tokenLifetime } from "../tokens.ts";
import type { Tokens } from "../tokens.ts";
import { authenticate } from "./clients.ts";
import type { Codes } from "./codes.ts";
import { recipientKey } from "./users.ts";
import type { People, Strategy } from "./users.ts";
import type { StoredClient } from "../model.ts";

export interface TokenOptions {
  readonly state: TenantState;
  readonly tokens: Tokens;
  readonly codes: Codes;
  readonly people: People;
  /** e.g. `https://localhost:8443` */
  readonly url: () => string;
  /** Scopes of the Management API that a client may have; undefined for a client without any. */
  readonly managementScopes: (client: StoredClient) => readonly string[] | undefined;
}

/** Body of `POST /oauth/token`, JSON or a form. */
type Grant = Readonly<Record<string, unknown>>;

const defaultScope = "openid profile email address phone";
/** Scopes that a person's token can have; Auth0 leaves out what it does not know. */
const scopesOfPeople = new Set(defaultScope.split(" "));

/**
 * `POST /oauth/token` for client credentials and one-time passcodes.
 *
 * @throws AuthenticationRefusal as Auth0's OpenAPI document words it
 */
export async function issueToken(
  options: TokenOptions,
  grant: Grant,
  authorization: string | undefined,
): Promise<Record<string, unknown>> {
  const type = text(grant, "grant_type");
  if (type !== "client_credentials" && type !== otpGrant)
    throw new AuthenticationRefusal(400, "unsupported_grant_type", "Grant type not supported");
  const client = authenticate(options.state.clients, grant, authorization);
  if (!client.grant_types.includes(type))
    throw new AuthenticationRefusal(
      403,
      "unauthorized_client",
      `Grant type '${type}' not allowed for the client.`,
    );
  return type === otpGrant
    ? await exchangeCode(options, client, grant)
    : await clientCredentials(options, client, grant);
}

async function clientCredentials(
  { tokens, url, managementScopes }: TokenOptions,
  client: StoredClient,
  grant: Grant,
): Promise<Record<string, unknown>> {
  const audience = text(grant, "audience");
  const known = `${url()}/api/v2/`;
  if (audience !== known)
    throw new AuthenticationRefusal(403, "access_denied", `Service not found: ${audience}`);
  const granted = managementScopes(client);
  if (!granted)
    throw new AuthenticationRefusal(
      403,
      "access_denied",
      `Client is not authorized to access "${known}".`,
    );
  const asked = typeof grant["scope"] === "string" ? grant["scope"].split(" ") : granted;
  const scope = granted.filter((one) => asked.includes(one)).join(" ");
  const access_token = await tokens.sign({
    sub: `${client.client_id}@clients`,
    aud: audience,
    azp: client.client_id,
    gty: "client-credentials",
    scope,
  });
  return { access_token, scope, expires_in: tokenLifetime, token_type: "Bearer" };
}

async function exchangeCode(
  { tokens, codes, people, url, state }: TokenOptions,
  client: StoredClient,
  grant: Grant,
): Promise<Record<string, unknown>> {
  const { audience, scope } = askedFor(grant, `${url()}/userinfo`);
  const realm = text(grant, "realm");
  const username = text(grant, "username");
  const strategy = strategyOf(state, realm);
  if (!codes.redeem(recipientKey(strategy, username), text(grant, "otp")))
    throw new AuthenticationRefusal(
      403,
      "invalid_grant",
      strategy === "email"
        ? "Wrong email or verification code."
        : "Wrong phone number or verification code.",
    );
  const user = people.of(strategy, username);
  people.verify(user);
  const claims = { sub: user.user_id, azp: client.client_id };
  const access_token = await tokens.sign({ ...claims, aud: audience, scope });
  const id_token = scope.split(" ").includes("openid")
    ? {
        id_token: await tokens.sign({ ...profile(user), sub: user.user_id, aud: client.client_id }),
      }
    : {};
  return { access_token, ...id_token, scope, expires_in: tokenLifetime, token_type: "Bearer" };
}

/**
 * What a person's token is for. A person never gets scopes of the Management API.
 *
 * @throws AuthenticationRefusal for an API that the tenant does not have, and for refresh tokens,
 * which this emulator does not issue
 */
function askedFor(grant: Grant, userinfo: string): { audience: string; scope: string } {
  const { audience = userinfo, scope = "" } = grant;
  if (audience !== userinfo)
    throw new AuthenticationRefusal(403, "access_denied", `Service not found: ${String(audience)}`);
  const asked = (typeof scope === "string" && scope !== "" ? scope : defaultScope).split(" ");
  if (asked.includes("offline_access"))
    throw new AuthenticationRefusal(
      400,
      "invalid_request",
      "This emulator issues no refresh tokens: leave out offline_access",
    );
  return { audience: userinfo, scope: asked.filter((one) => scopesOfPeople.has(one)).join(" ") };
}

function profile({ email, phone_number, updated_at }: ReturnType<People["of"]>): object {
  const shared = { name: email ?? phone_number, updated_at };
  return email === undefined
    ? { ...shared, phone_number, phone_number_verified: true }
    : { ...shared, nickname: email.split("@")[0], email, email_verified: true };
}

function strategyOf(state: TenantState, realm: string): Strategy {
  const named = [...state.connections.values()].find(({ name }) => name === realm);
  const strategy = named?.strategy ?? realm;
  if (strategy === "email" || strategy === "sms") return strategy;
  throw new AuthenticationRefusal(400, "invalid_request", "realm must be email or sms");
}

function text(grant: Grant, name: string): string {
  const value = grant[name];
  if (typeof value === "string" && value !== "") return value;
  throw new AuthenticationRefusal(400, "invalid_request", `Missing required parameter: ${name}`);
}
