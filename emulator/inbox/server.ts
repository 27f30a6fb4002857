import type { Server } from "node:https";
import { fastify } from "fastify";
import type { FastifyError, FastifyInstance } from "fastify";
import type { Certificate } from "../certificate.ts";
import { BadBody } from "./delivered.ts";

/** fastify over TLS, which its types tell apart from plain HTTP. */
export type InboxServer = FastifyInstance<Server>;

/** The bare server: TLS, one-line JSON errors, and nothing cached. */
export function makeServer(certificate: Certificate): InboxServer {
  const server: InboxServer = fastify({
    https: { key: certificate.key, cert: certificate.cert },
    // The event streams never end by themselves.
    forceCloseConnections: true,
  });
  server.addHook("onRequest", (_request, reply, done) => {
    reply.headers({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
    done();
  });
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const { status, message } = explain(error);
    return reply.status(status).send({ error: message });
  });
  server.setNotFoundHandler((_request, reply) =>
    reply.status(404).send({
      error:
        "expected POST /send-email, POST /messages, GET /messages, GET /events, POST /request or the page GET /",
    }),
  );
  return server;
}

/** The server's own messages may quote the body, which holds a code. */
function explain(error: FastifyError): { status: number; message: string } {
  const status = error instanceof BadBody ? 400 : (error.statusCode ?? 500);
  if (error instanceof BadBody) return { status, message: error.message };
  if (status === 413) return { status, message: "expected a body of at most 1 MiB, got more" };
  if (status === 415) return { status, message: "expected content-type application/json" };
  if (status < 500) return { status, message: "expected a JSON body, got one that does not parse" };
  return { status, message: "the inbox failed to deal with this request" };
}
