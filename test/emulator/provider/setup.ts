import { createClient } from "../../../emulator/provider/management/client.ts";
import type { ManagementApi } from "../../../emulator/provider/management/api.ts";
import { startProvider } from "../../../emulator/provider/index.ts";
import type { Provider, ProviderOptions } from "../../../emulator/provider/index.ts";
import { startTenant } from "../../../emulator/tenant/index.ts";
import type { Tenant, TenantOptions } from "../../../emulator/tenant/index.ts";
import { createWorkspace } from "../terraform.ts";
import type { Workspace } from "../terraform.ts";

/** Values of the ephemeral variables that tests use as secrets; found nowhere but in requests. */
export const canaries = { API_KEY: "canary-of-api-key", SECOND_KEY: "canary-of-second-key" };

/** A tenant, a provider attached to it, and a folder in which Terraform uses both. */
export interface Setup {
  readonly tenant: Tenant;
  readonly provider: Provider;
  readonly workspace: Workspace;
  /** The tenant's Management API, for what a person does by hand. */
  readonly byHand: ManagementApi;
  stop(): Promise<void>;
}

/** What a test may choose. */
export interface SetupOptions {
  readonly tenant?: TenantOptions;
  readonly provider?: ProviderOptions;
}

/** Starts everything and runs `terraform init`. */
export async function setUp(options: SetupOptions = {}): Promise<Setup> {
  const tenant = await startTenant({ port: 0, ...options.tenant });
  const { domain, certificate: ca } = tenant;
  const { clientId, clientSecret } = tenant.credentials;
  const provider = await startProvider({
    ca,
    retryDelayMs: 5,
    environment: {
      AUTH0_DOMAIN: domain,
      AUTH0_CLIENT_ID: clientId,
      AUTH0_CLIENT_SECRET: clientSecret,
    },
    ...options.provider,
  });
  const workspace = await createWorkspace({
    TF_REATTACH_PROVIDERS: provider.reattach,
    TF_VAR_API_KEY: canaries.API_KEY,
    TF_VAR_SECOND_KEY: canaries.SECOND_KEY,
  });
  const byHand = createClient(
    { domain, clientId, clientSecret, audience: `https://${domain}/api/v2/` },
    { ca, retryDelayMs: 5, interrupted: () => new AbortController().signal },
  );
  return {
    tenant,
    provider,
    workspace,
    byHand,
    stop: async () => {
      await provider.stop();
      await tenant.stop();
      await workspace.remove();
    },
  };
}

/** Applies a configuration and gives Terraform's words when that fails. */
export async function apply({ workspace }: Setup, configuration: object): Promise<void> {
  await workspace.configure(configuration);
  await succeed(workspace.terraform("init"));
  await succeed(workspace.terraform("apply"));
}

/** Throws unless Terraform succeeded. */
export async function succeed(running: ReturnType<Workspace["terraform"]>): Promise<string> {
  const { code, output } = await running;
  if (code !== 0) throw new Error(`expected Terraform to succeed, got ${String(code)}: ${output}`);
  return output;
}

/** A resource's attributes in Terraform's state, by its address. */
export async function stateOf(
  { workspace }: Pick<Setup, "workspace">,
  address: string,
): Promise<Record<string, unknown>> {
  const shown = JSON.parse(await succeed(workspace.terraform("show", "-json"))) as {
    values?: {
      root_module: { resources: { address: string; values: Record<string, unknown> }[] };
    };
  };
  const found = shown.values?.root_module.resources.find((one) => one.address === address);
  if (!found) throw new Error(`expected ${address} in the state, got none`);
  return found.values;
}

/** What a plan would change: `-detailed-exitcode` is 0 for nothing and 2 for something. */
export async function planned({ workspace }: Setup): Promise<{ changes: boolean; output: string }> {
  const { code, output } = await workspace.terraform("plan", "-detailed-exitcode");
  if (code !== 0 && code !== 2) throw new Error(`expected a plan, got: ${output}`);
  return { changes: code === 2, output };
}
