import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { makeCertificate } from "../certificate.ts";
import type { Certificate } from "../certificate.ts";
import { mountAuthentication } from "./authentication/index.ts";
import { Deliveries } from "./delivery/deliveries.ts";
import type { Execution } from "./delivery/deliveries.ts";
import { TenantLog } from "./delivery/log.ts";
import { Faults } from "./faults.ts";
import type { Fault } from "./faults.ts";
import { letters } from "./identifiers.ts";
import { makeClient, otpGrant } from "./management/clients.ts";
import { managementRoutes } from "./management/index.ts";
import { mountManagement } from "./mount.ts";
import type { RecordedRequest } from "./recording.ts";
import { makeServer } from "./server.ts";
import { emptyState } from "./state.ts";
import { makeTokens } from "./tokens.ts";
import type { TenantContext } from "./context.ts";

export type { Certificate, Execution, Fault, RecordedRequest };

/** How a client shows who it is. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface TenantOptions {
  /** Default 0: any free one. */
  readonly port?: number;
  /** Default: one made at start. */
  readonly certificate?: Certificate;
  /** PEM certificates that the Actions' `fetch` trusts beside the system's. */
  readonly trust?: readonly string[];
  /** Client of the Management API; default: random, with all scopes. */
  readonly credentials?: ClientCredentials & { readonly scopes?: readonly string[] };
  /** The first-party client that people log in to; default: random. */
  readonly client?: ClientCredentials;
  /** Milliseconds since 1970; builds and retries go by real time whatever it says. */
  readonly clock?: () => number;
  /**
   * Milliseconds before each of up to 5 retries of an Action. Auth0 says "in the next minutes";
   * the default of 15 s, 30 s, 1 min, 2 min and 4 min is assumed.
   */
  readonly retryDelays?: readonly number[];
  /** Milliseconds that an Action may run; default 20,000, Auth0's limit. */
  readonly executionLimit?: number;
  /** Milliseconds that an Action stays pending and building; default 0: built when next asked. */
  readonly buildDelay?: number;
  /** Absolute paths of modules imported before each Action, e.g. interceptors of a test. */
  readonly preload?: readonly string[];
  /** Whether SMS goes through the tenant's phone provider; default true, as in newer tenants. */
  readonly phoneConsolidatedExperience?: boolean;
  /** Larger bodies are answered 413; default 1,000,000. */
  readonly maxBodyBytes?: number;
}

/** Auth0 on this machine. All of its state is in memory. */
export interface Tenant {
  /** e.g. `https://localhost:8443` */
  readonly url: string;
  /** e.g. `localhost:8443`, as `AUTH0_DOMAIN` takes it. */
  readonly domain: string;
  /** The PEM certificate that its clients must trust. */
  readonly certificate: string;
  /** Client of the Management API. */
  readonly credentials: ClientCredentials;
  /** The first-party client whose users log in with passcodes. */
  readonly client: ClientCredentials;
  /** Every request so far, oldest first, without secrets. */
  readonly requests: readonly RecordedRequest[];
  readonly faults: Pick<Faults, "inject" | "clear">;
  /** Every run of an Action so far, oldest first. */
  readonly executions: readonly Execution[];
  /** Calls `listener` after every execution, until the function that it returns is called. */
  onExecution(listener: (execution: Execution) => void): () => void;
  /**
   * Waits until all messages and their retries are done.
   *
   * @param limitMs - default 60,000
   * @throws Error when that takes longer
   */
  idle(limitMs?: number): Promise<void>;
  /** Closes all connections and gives up what is under way. */
  stop(): Promise<void>;
}

/**
 * Starts a tenant on 127.0.0.1.
 *
 * @throws Error in one line when the port is taken
 */
export async function startTenant(options: TenantOptions = {}): Promise<Tenant> {
  const clock = options.clock ?? Date.now;
  const certificate = options.certificate ?? (await makeCertificate());
  const state = emptyState(options.phoneConsolidatedExperience ?? true);
  const name = "local";
  const log = new TenantLog(name, clock);
  const deliveries = new Deliveries({
    state,
    log,
    retryDelays: options.retryDelays ?? [15_000, 30_000, 60_000, 120_000, 240_000],
    executionLimit: options.executionLimit ?? 20_000,
    trust: options.trust ?? [],
    preload: options.preload ?? [],
  });
  const buildDelay = options.buildDelay ?? 0;
  const context: TenantContext = { name, state, log, deliveries, clock, buildDelay };
  const credentials = options.credentials ?? randomCredentials();
  const client = options.client ?? randomCredentials();
  register(context, credentials, "Deployment", ["client_credentials"]);
  register(context, client, "Local application", [otpGrant]);

  const requests: RecordedRequest[] = [];
  const faults = new Faults();
  const maxBodyBytes = options.maxBodyBytes ?? 1_000_000;
  const server = makeServer({ certificate, maxBodyBytes, clock, requests, faults });
  const url = (): string => `https://localhost:${port}`;
  const tokens = await makeTokens(() => `${url()}/`, clock);
  const routes = managementRoutes(context);
  const scopes = options.credentials?.scopes ?? [...new Set(routes.map(({ scope }) => scope))];
  mountManagement(server, routes, tokens, () => `${url()}/api/v2/`);
  mountAuthentication(server, {
    tenant: context,
    tokens,
    url,
    managementScopes: ({ client_id }) => (client_id === credentials.clientId ? scopes : undefined),
  });
  const port = await listen(server, options.port ?? 0);

  return {
    url: url(),
    domain: `localhost:${port}`,
    certificate: certificate.cert,
    credentials: { clientId: credentials.clientId, clientSecret: credentials.clientSecret },
    client,
    requests,
    faults,
    executions: deliveries.executions,
    onExecution: (listener) => deliveries.onExecution(listener),
    idle: (limitMs) => deliveries.idle(limitMs),
    stop: async () => {
      await Promise.all([server.close(), deliveries.stop()]);
    },
  };
}

function randomCredentials(): ClientCredentials {
  return { clientId: letters(32), clientSecret: randomUUID() };
}

function register(
  { state }: TenantContext,
  { clientId, clientSecret }: ClientCredentials,
  name: string,
  grants: readonly string[],
): void {
  const client = makeClient({
    name,
    client_id: clientId,
    client_secret: clientSecret,
    grant_types: grants,
  });
  state.clients.set(clientId, client);
}

async function listen(server: FastifyInstance, port: number): Promise<number> {
  try {
    await server.listen({ port, host: "127.0.0.1" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
      throw new Error(
        `expected port ${port} to be free for the local tenant, but something listens there: stop it or choose another port (0 takes any free one)`,
        { cause: error },
      );
    throw error;
  }
  return (server.server.address() as AddressInfo).port;
}
