import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProvider } from "../provider/index.ts";
import type { Tenant } from "../tenant/index.ts";
import { certificateBundle } from "./trust.ts";

/** What Terraform needs to reach a local tenant. */
export interface Connection {
  /** Variables for Terraform and cdktf. */
  readonly variables: Readonly<Record<string, string>>;
  /** Names what the bindings in `.gen` are made from. */
  readonly schema: string;
  stop(): Promise<void>;
}

/**
 * Connects Terraform to a tenant on this machine.
 *
 * @param provider - `standin` runs the project's own stand-in over reattach, `registry` the real
 * provider, which Terraform finds by its ordinary means
 */
export async function connect(
  provider: "standin" | "registry",
  tenant: Tenant,
): Promise<Connection> {
  const credentials = {
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CLIENT_ID: tenant.credentials.clientId,
    AUTH0_CLIENT_SECRET: tenant.credentials.clientSecret,
  };
  if (provider === "standin") {
    const standIn = await startProvider({
      environment: credentials,
      ca: tenant.certificate,
    });
    return {
      variables: { ...credentials, TF_REATTACH_PROVIDERS: standIn.reattach },
      schema: "standin",
      stop: () => standIn.stop(),
    };
  }
  const scratch = await mkdtemp(join(tmpdir(), "otp-trust-"));
  return {
    variables: {
      ...credentials,
      SSL_CERT_FILE: await certificateBundle(scratch, tenant.certificate),
    },
    schema: "registry",
    stop: () => rm(scratch, { recursive: true, force: true }),
  };
}
