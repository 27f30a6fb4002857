import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import { readEmail, readPhone } from "./delivered.ts";
import type { Message } from "./delivered.ts";
import type { FaultQueue } from "./faults.ts";
import type { Mailbox } from "./mailbox.ts";
import type { InboxServer } from "./server.ts";

// The two samples of Auth0's documentation take any 2xx; each channel shows another one.
const routes: readonly {
  path: string;
  accepted: number;
  read: (body: unknown) => Message;
}[] = [
  { path: "/send-email", accepted: 200, read: readEmail },
  { path: "/messages", accepted: 202, read: readPhone },
];

/** The part that Actions speak to: the wire format of Auth0's documented sample handlers. */
export function addVendor(
  server: InboxServer,
  { mailbox, faults, apiKey }: { mailbox: Mailbox; faults: FaultQueue; apiKey: string },
): void {
  for (const { path, accepted, read } of routes) {
    const answered = new Map<string, string>();

    const deliver = (request: FastifyRequest): string => {
      const message = read(request.body);
      const key = request.headers["idempotency-key"];
      const earlier = typeof key === "string" ? answered.get(key) : undefined;
      if (earlier !== undefined) return earlier;
      const { id } = mailbox.add(message);
      if (typeof key === "string") remember(answered, key, id, mailbox.limit);
      return id;
    };

    server.post(path, {
      onRequest: async (request, reply) => {
        if (request.headers.authorization === `Bearer ${apiKey}`) return;
        await reply.status(401).send({ error: "expected Authorization: Bearer with the API key" });
      },
      handler: async (request, reply) => {
        const fault = faults.take(path);
        if (fault?.delayMs !== undefined) await sleep(fault.delayMs, undefined, { ref: false });
        if (fault?.status === undefined && fault?.reset !== true) {
          return reply.status(accepted).send({ id: deliver(request) });
        }
        if (fault.delivered === true) deliver(request);
        if (fault.reset === true) return hangUp(request, reply);
        return reply
          .status(fault.status ?? 500)
          .headers({ "content-type": "application/json", ...fault.headers })
          .send(fault.body ?? '{"error":"injected fault"}');
      },
    });
  }
}

function remember(answered: Map<string, string>, key: string, id: string, limit: number): void {
  answered.set(key, id);
  const [oldest] = answered.keys();
  if (answered.size > limit && oldest !== undefined) answered.delete(oldest);
}

function hangUp(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}
