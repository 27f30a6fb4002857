import { decodeJwt } from "jose";
import type { Credentials } from "./credentials.ts";
import { UserError } from "../../config/user-error.ts";

/** A token of the Management API, and what it says of itself. */
export interface Token {
  readonly value: string;
  readonly scopes: ReadonlySet<string>;
}

interface Issued {
  readonly access_token?: unknown;
  readonly error_description?: unknown;
  readonly error?: unknown;
}

async function exchange(
  domain: string,
  { clientId, clientSecret }: Extract<Credentials, { kind: "client" }>,
  request: typeof fetch,
): Promise<string> {
  const answer = await request(`https://${domain}/oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      audience: `https://${domain}/api/v2/`,
    }),
  });
  const body = (await answer.json().catch(() => ({}))) as Issued;
  if (answer.ok && typeof body.access_token === "string") return body.access_token;
  const said = [body.error_description, body.error].find((text) => typeof text === "string");
  throw new UserError({
    expected: `${domain} to know the client of AUTH0_CLIENT_ID`,
    got: `${String(answer.status)} ${said ?? "without a reason"}`,
    todo: "check that the credentials are this tenant's and that the client may use the Management API",
  });
}

const list = (value: unknown): string[] =>
  [value].flat().filter((one): one is string => typeof one === "string");

/**
 * A token for a tenant's Management API, whose issuer is compared with the domain before it is used
 * for anything.
 *
 * @throws UserError for refused credentials, a token of another tenant, for another API, or one
 * that is over
 */
export async function tokenFor(
  domain: string,
  credentials: Credentials,
  request: typeof fetch,
): Promise<Token> {
  const given = credentials.kind === "token";
  const value = given ? credentials.token : await exchange(domain, credentials, request);
  const claims = (() => {
    try {
      return decodeJwt(value);
    } catch {
      throw new UserError({
        expected: `a token of the Management API${given ? " in AUTH0_API_TOKEN" : ""}`,
        got: "something that is not a JWT",
      });
    }
  })();
  const { iss, aud, exp, scope } = claims;
  if (iss !== `https://${domain}/`)
    throw new UserError({
      expected: `credentials of ${domain}`,
      got: `a token that ${iss ?? "nobody"} issued`,
      todo: "nothing was written. Use the credentials of this environment's tenant",
    });
  if (!list(aud).includes(`https://${domain}/api/v2/`))
    throw new UserError({
      expected: `a token for https://${domain}/api/v2/`,
      got: `one for ${list(aud).join(", ") || "nothing"}`,
    });
  if (exp !== undefined && exp * 1000 <= Date.now())
    throw new UserError({
      expected: "a token that works",
      got: `one that ended at ${new Date(exp * 1000).toISOString()}`,
      todo: "take a new one",
    });
  return { value, scopes: new Set(typeof scope === "string" ? scope.split(" ") : []) };
}
