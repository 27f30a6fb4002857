import { randomBytes, randomUUID } from "node:crypto";
import { makeCertificate } from "../certificate.ts";
import { startInbox } from "../inbox/index.ts";
import type { CodeRequest, Inbox } from "../inbox/index.ts";
import { startTenant } from "../tenant/index.ts";
import type { Tenant, TenantOptions } from "../tenant/index.ts";
import { requestCode } from "./passwordless.ts";

/** A tenant, and the inbox that its Actions deliver to. */
export interface Services {
  readonly tenant: Tenant;
  readonly inbox: Inbox;
  /** What the environment `local` reads: where things are, and the secret of its vendor. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface ServicesOptions {
  /** The tenant's port; the inbox takes the next one. Default 0: any free ones. */
  readonly port?: number;
  readonly tenant?: TenantOptions;
}

/**
 * Starts the tenant and the inbox with one certificate, made now.
 *
 * @throws Error naming the port and what to do, where one is taken; nothing is left running then
 */
export async function startServices({
  port = 0,
  tenant: more,
}: ServicesOptions = {}): Promise<Services> {
  const certificate = await makeCertificate();
  const apiKey = randomBytes(24).toString("base64url");
  const tenant = await startTenant({
    port,
    certificate,
    trust: [certificate.cert],
    client: { clientId: "local-passwordless-application", clientSecret: randomUUID() },
    ...more,
  });
  try {
    const request = (code: CodeRequest) => requestCode(tenant, code);
    const inbox = await startInbox({ port: port && port + 1, certificate, apiKey, request });
    return {
      tenant,
      inbox,
      variables: {
        OTP_LOCAL_DOMAIN: tenant.domain,
        OTP_LOCAL_CLIENT_ID: tenant.client.clientId,
        OTP_INBOX_URL: inbox.url,
        // cdktf hides the second from synthesis, Terraform reads no other.
        INBOX_API_KEY: apiKey,
        TF_VAR_INBOX_API_KEY: apiKey,
      },
      stop: async () => {
        await Promise.all([tenant.stop(), inbox.stop()]);
      },
    };
  } catch (error) {
    await tenant.stop();
    throw error;
  }
}
