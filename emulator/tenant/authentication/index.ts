import type { FastifyInstance, FastifyRequest } from "fastify";
import type { RequestFacts } from "../delivery/events.ts";
import type { Tokens } from "../tokens.ts";
import { Codes } from "./codes.ts";
import { discovery } from "./discovery.ts";
import { People } from "./users.ts";
import { startPasswordless } from "./start.ts";
import { issueToken } from "./token.ts";
import type { StoredClient } from "../model.ts";
import type { TenantContext } from "../context.ts";

export interface AuthenticationOptions {
  readonly tenant: TenantContext;
  readonly tokens: Tokens;
  readonly url: () => string;
  readonly managementScopes: (client: StoredClient) => readonly string[] | undefined;
}

/** Puts the Authentication API on a server: tokens, passcodes, and what checks the tokens. */
export function mountAuthentication(server: FastifyInstance, options: AuthenticationOptions): void {
  const { tenant, tokens, url } = options;
  const codes = new Codes(tenant.clock);
  const people = new People(tenant.clock);

  server.post("/oauth/token", (request) =>
    issueToken(
      { ...options, state: tenant.state, codes, people },
      (request.body ?? {}) as Record<string, unknown>,
      request.headers.authorization,
    ),
  );
  server.post("/passwordless/start", (request) => {
    const { "x-correlation-id": correlationId } = request.headers;
    return startPasswordless(
      tenant,
      { codes, people },
      {
        body: request.body,
        authorization: request.headers.authorization,
        correlationId: typeof correlationId === "string" ? correlationId : undefined,
        request: factsOf(request),
      },
    );
  });
  server.get("/.well-known/openid-configuration", () => discovery(url()));
  server.get("/.well-known/jwks.json", () => ({ keys: [tokens.jwk] }));
}

function factsOf(request: FastifyRequest): RequestFacts {
  const language = request.headers["accept-language"]?.split(/[,;]/, 1)[0]?.trim();
  return {
    ip: request.ip,
    method: request.method,
    hostname: request.host,
    user_agent: request.headers["user-agent"],
    // Any language is no language.
    language: language === "*" ? undefined : language,
  };
}
