import type { FastifyInstance } from "fastify";
import { authorize } from "./authorization.ts";
import { plainQuery } from "./route.ts";
import type { Route } from "./route.ts";
import type { Tokens } from "./tokens.ts";

/** Puts the operations of the Management API under `/api/v2`, each behind its scope. */
export function mountManagement(
  server: FastifyInstance,
  routes: readonly Route[],
  tokens: Tokens,
  audience: () => string,
): void {
  for (const { method, path, scope, answer } of routes)
    server.route({
      method,
      url: `/api/v2${path}`,
      handler: async (request, reply) => {
        await authorize(tokens, request.headers.authorization, audience(), scope);
        const { status, body } = await answer({
          params: request.params as Record<string, string>,
          query: plainQuery(request.query),
          body: request.body,
        });
        return reply.status(status).send(body);
      },
    });
}
