import { setTimeout as sleep } from "node:timers/promises";
import Fastify from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Certificate } from "../certificate.ts";
import type { Fault, Faults } from "./faults.ts";
import { withoutSecrets } from "./recording.ts";
import type { RecordedRequest } from "./recording.ts";
import { AuthenticationRefusal, ManagementRefusal } from "./api-error.ts";
import { plainQuery } from "./route.ts";

export interface ServerOptions {
  readonly certificate: Certificate;
  readonly maxBodyBytes: number;
  readonly clock: () => number;
  readonly requests: RecordedRequest[];
  readonly faults: Faults;
}

/** An HTTPS server without routes that records, breaks and words errors as the tenant does. */
export function makeServer(options: ServerOptions): FastifyInstance {
  const server: FastifyInstance = Fastify({
    https: options.certificate,
    bodyLimit: options.maxBodyBytes,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
  });
  parseBodies(server);
  record(server, options);
  limitRates(server, options.clock);
  server.setErrorHandler((error, _request, reply) => {
    const refusal = asRefusal(error);
    return reply.status(refusal.status).send(refusal.body);
  });
  server.setNotFoundHandler((request) => {
    throw new ManagementRefusal(404, `This tenant has no ${request.method} ${pathOf(request)}.`);
  });
  return server;
}

/** Path of a request without its query. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1)[0] ?? "/";
}

function parseBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, (_request, text, done) => {
    if (text === "") {
      done(null, undefined);
      return;
    }
    try {
      done(null, JSON.parse(text.toString()));
    } catch {
      done(new ManagementRefusal(400, "Expected the body to be JSON.", "invalid_body"));
    }
  });
  server.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (_request, text, done) => {
      done(null, Object.fromEntries(new URLSearchParams(text.toString())));
    },
  );
}

function record(server: FastifyInstance, { clock, requests, faults }: ServerOptions): void {
  const open = new WeakMap<FastifyRequest, RecordedRequest>();
  const answersToLose = new WeakSet<FastifyRequest>();
  server.addHook("preHandler", async (request, reply) => {
    const recorded: RecordedRequest = {
      method: request.method,
      path: pathOf(request),
      query: plainQuery(request.query),
      headers: plainHeaders(request),
      body: withoutSecrets(request.body),
      status: 0,
      at: clock(),
    };
    requests.push(recorded);
    open.set(request, recorded);
    const fault = faults.take(recorded.method, recorded.path);
    if (fault?.reset === "after") answersToLose.add(request);
    if (fault) await breakDown(fault, request, reply);
  });
  server.addHook("onSend", (request, reply, payload, done) => {
    if (answersToLose.has(request)) {
      reply.hijack();
      request.raw.socket.destroy();
    }
    done(null, payload);
  });
  server.addHook("onResponse", (request, reply, done) => {
    const recorded = open.get(request);
    if (recorded) recorded.status = reply.statusCode;
    done();
  });
}

async function breakDown(
  fault: Fault,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (fault.delayMs !== undefined) await sleep(fault.delayMs);
  if (fault.reset === true) {
    reply.hijack();
    request.raw.socket.destroy();
    return;
  }
  if (fault.status === undefined) return;
  const body = fault.body ?? new ManagementRefusal(fault.status, "Injected fault").body;
  await reply
    .status(fault.status)
    .headers({ ...fault.headers })
    .send(body);
}

function plainHeaders(request: FastifyRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers)
      .filter(([name]) => name !== "authorization")
      .map(([name, value]) => [name, String(value)]),
  );
}

/** The headers by which clients pace themselves; nothing here is ever used up. */
function limitRates(server: FastifyInstance, clock: () => number): void {
  server.addHook("onSend", (request, reply, payload, done) => {
    const headers = {
      "x-ratelimit-limit": "100",
      "x-ratelimit-remaining": "99",
      "x-ratelimit-reset": String(Math.ceil(clock() / 1000) + 1),
    };
    if (request.url.startsWith("/api/v2/"))
      for (const [name, value] of Object.entries(headers))
        if (!reply.hasHeader(name)) void reply.header(name, value);
    done(null, payload);
  });
}

function asRefusal(error: unknown): ManagementRefusal | AuthenticationRefusal {
  if (error instanceof ManagementRefusal || error instanceof AuthenticationRefusal) return error;
  const status =
    error instanceof Error && "statusCode" in error && typeof error.statusCode === "number"
      ? error.statusCode
      : 500;
  const message = error instanceof Error ? error.message : "unknown";
  return new ManagementRefusal(status, status < 500 ? message : `Internal error: ${message}`);
}
