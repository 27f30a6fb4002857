import type { ManagementApi } from "./management/api.ts";
import { createClient } from "./management/client.ts";
import type { AnsweredRequest } from "./management/client.ts";
import { providerBlock, readSettings } from "./management/settings.ts";
import type { Environment } from "./management/settings.ts";
import { Failure } from "./protocol/failure.ts";
import type { Resource } from "./protocol/provider.ts";
import { listen } from "./protocol/server.ts";
import { createService } from "./protocol/service.ts";
import { action } from "./resources/action.ts";
import { client } from "./resources/client.ts";
import { connectionClients } from "./resources/connection-clients.ts";
import { connection } from "./resources/connection.ts";
import { emailProvider } from "./resources/email-provider.ts";
import { phoneProvider } from "./resources/phone-provider.ts";
import { triggerActions } from "./resources/trigger-actions.ts";

export type { AnsweredRequest } from "./management/client.ts";

/** How the stand-in for Auth0's Terraform provider runs. */
export interface ProviderOptions {
  /**
   * Where `AUTH0_DOMAIN`, `AUTH0_CLIENT_ID`, `AUTH0_CLIENT_SECRET`, `AUTH0_API_TOKEN` and
   * `AUTH0_AUDIENCE` are looked up; the provider's block wins. Default: `process.env` at the time
   * of each look-up.
   */
  readonly environment?: Environment;
  /** A PEM certificate trusted in addition to those that Node trusts. Default: none. */
  readonly ca?: string;
  /** Called for every answer of the tenant. Default: nobody is told. */
  readonly onRequest?: (request: AnsweredRequest) => void;
  /** Milliseconds before the first repetition after a server's error. Default: 500. */
  readonly retryDelayMs?: number;
}

/** A running stand-in. It serves any number of Terraform runs, all against one tenant. */
export interface Provider {
  /** The value of `TF_REATTACH_PROVIDERS` with which Terraform uses it. */
  readonly reattach: string;
  /** Interrupts what runs and removes the socket. */
  stop(): Promise<void>;
}

/** The address under which configurations name Auth0's provider. */
const address = "registry.terraform.io/auth0/auth0";

/** The resources it knows, by their type. */
export const resources: ReadonlyMap<string, Resource<ManagementApi>> = new Map([
  ["auth0_action", action],
  ["auth0_client", client],
  ["auth0_connection", connection],
  ["auth0_connection_clients", connectionClients],
  ["auth0_email_provider", emailProvider],
  ["auth0_phone_provider", phoneProvider],
  ["auth0_trigger_actions", triggerActions],
]);

/**
 * Starts a stand-in for Auth0's Terraform provider in this process, so that Terraform needs to
 * download nothing. Terraform attaches to it by the environment variable `TF_REATTACH_PROVIDERS`;
 * `terraform init` then installs no provider for its address.
 */
export async function startProvider(options: ProviderOptions = {}): Promise<Provider> {
  let tenant: string | undefined;
  const service = createService<ManagementApi>({
    schema: providerBlock,
    resources,
    configure: (config, interrupted) => {
      const settings = readSettings(config, options.environment ?? process.env);
      tenant ??= settings.domain;
      // Terraform's calls do not say which run they belong to, so two tenants would get mixed up.
      if (tenant !== settings.domain) {
        throw new Failure(
          "This provider already serves another tenant",
          `Expected the domain ${tenant}, got: ${settings.domain}. Start one provider for each tenant.`,
          "domain",
        );
      }
      return createClient(settings, {
        ca: options.ca,
        onRequest: options.onRequest,
        retryDelayMs: options.retryDelayMs ?? 500,
        interrupted,
      });
    },
  });
  const listener = await listen(service);
  const reattach = {
    [address]: {
      Protocol: "grpc",
      ProtocolVersion: 6,
      Pid: process.pid,
      // Terraform leaves a provider under test running when it ends.
      Test: true,
      Addr: { Network: "unix", String: listener.socket },
    },
  };
  return {
    reattach: JSON.stringify(reattach),
    stop: () => listener.stop(),
  };
}
