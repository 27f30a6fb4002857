import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import type { handleUnaryCall } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import type { Request, Service } from "./service.ts";

/** Bytes of one message: a plan holds whole Actions, of 100 kB each at most, several times. */
const messageLimit = 64 * 1024 * 1024;

/** Milliseconds that running calls have to end when the server stops. */
const patience = 2_000;

/** A provider that listens. */
export interface Listener {
  /** The unix socket's path. */
  readonly socket: string;
  /** Ends running calls, after a short wait by force, and removes the socket. */
  stop(): Promise<void>;
}

/** Serves the protocol's calls on a unix socket of its own, which only this user can reach. */
export async function listen(service: Service): Promise<Listener> {
  const folder = await mkdtemp(join(tmpdir(), "auth0-provider-"));
  const socket = join(folder, "socket");
  const server = new Server({
    "grpc.max_receive_message_length": messageLimit,
    "grpc.max_send_message_length": messageLimit,
  });
  server.addService(definition(), handlers(service));
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socket}`, ServerCredentials.createInsecure(), (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
  return {
    socket,
    stop: async () => {
      service.interrupt();
      const ended = new Promise<void>((resolve) => {
        server.tryShutdown(() => {
          resolve();
        });
      });
      const bound = new AbortController();
      await Promise.race([
        ended,
        wait(patience, undefined, { signal: bound.signal }).catch(ignore),
      ]);
      bound.abort();
      server.forceShutdown();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function ignore(): void {
  // The wait was cut short because the server had ended.
}

function definition(): ServiceDefinition {
  const path = fileURLToPath(new URL("provider.proto", import.meta.url));
  const loaded = loadSync(path, { keepCase: true, longs: Number, enums: Number, defaults: true });
  const service = loaded["tfplugin6.Provider"];
  if (service === undefined || "format" in service) {
    throw new Error("expected provider.proto to define the service tfplugin6.Provider");
  }
  return service;
}

function handlers(service: Service): UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(service.calls).map(([name, answer]) => {
      const handler: handleUnaryCall<Request, object> = (call, callback) => {
        Promise.resolve(answer(call.request)).then(
          (response) => {
            callback(null, response);
          },
          (error: unknown) => {
            callback(error instanceof Error ? error : new Error(String(error)), null);
          },
        );
      };
      return [name, handler];
    }),
  );
}
