import { ManagementClient, ManagementError } from "auth0";
import { credentialsOf } from "./credentials.ts";
import { patientFetch } from "./fetch-with-retry.ts";
import type { Patience } from "./fetch-with-retry.ts";
import { tokenFor } from "./token.ts";
import { UserError } from "../../config/user-error.ts";

/** A tenant that this machine may speak to. */
export interface TenantAccess {
  readonly domain: string;
  /** Auth0's own SDK; its calls go through {@link ask} or {@link find}. */
  readonly api: ManagementClient;
  /** What the token may do. */
  readonly scopes: ReadonlySet<string>;
  /** Other requests, with the same patience and errors. */
  readonly request: typeof fetch;
  /**
   * The answer to a call of the SDK.
   * @throws UserError in one line; a missing scope is named
   */
  readonly ask: <T>(call: PromiseLike<T>) => Promise<T>;
  /** The same, but `undefined` where the tenant has no such thing (404). */
  readonly find: <T>(call: PromiseLike<T>) => Promise<T | undefined>;
  /** Everything in a list of the SDK, page by page. */
  readonly list: <T>(pages: PromiseLike<AsyncIterable<T>>) => Promise<T[]>;
}

/** Which tenant, and by which variables its credentials are found. */
export interface Reached extends Patience {
  /** The environment. */
  readonly name: string;
  readonly domain: string;
  /** Default: this process' own. */
  readonly variables?: NodeJS.ProcessEnv;
}

const text = (body: unknown, field: string): string | undefined => {
  const value = typeof body === "object" && body !== null ? Object.entries(body) : [];
  const found: unknown = value.find(([name]) => name === field)?.[1];
  return typeof found === "string" ? found : undefined;
};

/** What a failed call means, in one line. */
function explain(domain: string, error: unknown): unknown {
  if (error instanceof Error && error.name === "AbortError") return error;
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if (at instanceof UserError || at.name === "AbortError") return at;
  if (!(error instanceof ManagementError) || error.statusCode === undefined) return error;
  const said = text(error.body, "message") ?? "no reason";
  if (text(error.body, "errorCode") === "insufficient_scope")
    return new UserError(
      {
        expected: `credentials with the scope ${said.replace(/^.*: /, "")}`,
        got: "ones without it",
        todo: `grant it to the client for https://${domain}/api/v2/`,
      },
      { cause: error },
    );
  return new UserError(
    { expected: `${domain} to agree`, got: `${String(error.statusCode)} ${said}` },
    { cause: error },
  );
}

/**
 * Reaches a tenant's Management API.
 *
 * @throws UserError without credentials, with those of another tenant, or without an answer
 */
export async function reachTenant(reached: Reached): Promise<TenantAccess> {
  const { name, domain, variables = process.env } = reached;
  const request = patientFetch(reached);
  const { value, scopes } = await tokenFor(domain, credentialsOf(name, variables), request);
  const api = new ManagementClient({
    domain,
    token: value,
    telemetry: false,
    // Waiting and trying again is this fetch's business; the SDK would do both in silence.
    fetch: request,
    maxRetries: 0,
    timeoutInSeconds: 600,
  });
  const ask = async <T>(call: PromiseLike<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      throw explain(domain, error);
    }
  };
  return {
    domain,
    api,
    scopes,
    request,
    ask,
    find: (call) =>
      ask(
        Promise.resolve(call).catch((error: unknown) => {
          if (error instanceof ManagementError && error.statusCode === 404) return undefined;
          throw error;
        }),
      ),
    list: (pages) =>
      ask(
        Promise.resolve(pages).then(async (all) => {
          const items = [];
          for await (const item of all) items.push(item);
          return items;
        }),
      ),
  };
}

/**
 * Makes sure that a token may do what is needed, before anything is done.
 *
 * @throws UserError naming all scopes that are missing
 */
export function needScopes({ domain, scopes }: TenantAccess, needed: readonly string[]): void {
  const missing = needed.filter((scope) => !scopes.has(scope));
  if (missing.length === 0) return;
  throw new UserError({
    expected: `credentials with the scopes ${missing.join(", ")}`,
    got: "ones without them",
    todo: `grant them to the client for https://${domain}/api/v2/`,
  });
}
