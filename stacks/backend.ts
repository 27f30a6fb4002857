import { join, resolve } from "node:path";
import {
  App,
  AzurermBackend,
  CloudBackend,
  GcsBackend,
  LocalBackend,
  NamedCloudWorkspace,
  PgBackend,
  S3Backend,
  TerraformStack,
} from "cdktf";
import type { Environment } from "../config/environment.ts";

/** The discriminator is ours; cdktf would write it out as an attribute. */
function withoutType<T extends { readonly type: string }>(backend: T): Omit<T, "type"> {
  return Object.fromEntries(
    Object.entries(backend).filter(([name]) => name !== "type"),
  ) as unknown as Omit<T, "type">;
}

/**
 * Declares where an environment's state lies.
 *
 * @param root - what the path of a local state is relative to; default: the current folder, which
 * is the project's where cdktf runs
 */
export function declareBackend(
  stack: TerraformStack,
  { backend, name }: Environment,
  root = process.cwd(),
): void {
  switch (backend.type) {
    case "local":
      // Terraform runs in the output folder, which comes and goes: the path has to be absolute.
      new LocalBackend(stack, {
        path: resolve(root, backend.path ?? join("state", `${name}.tfstate`)),
      });
      return;
    case "s3": {
      const { useLockfile = true, ...s3 } = backend;
      const declared = new S3Backend(stack, withoutType(s3));
      declared.addOverride("use_lockfile", useLockfile);
      return;
    }
    case "gcs":
      new GcsBackend(stack, { bucket: backend.bucket, prefix: backend.prefix });
      return;
    case "azurerm": {
      new AzurermBackend(stack, withoutType(backend));
      return;
    }
    case "pg":
      // The connection comes from PG_CONN_STR: it holds a password.
      new PgBackend(stack, { schemaName: backend.schemaName } as ConstructorParameters<
        typeof PgBackend
      >[1]);
      return;
    case "cloud":
      new CloudBackend(stack, {
        organization: backend.organization,
        workspaces: new NamedCloudWorkspace(backend.workspace),
        ...(backend.hostname !== undefined && { hostname: backend.hostname }),
      });
  }
}

/**
 * The backend of an environment's stack as Terraform reads it, without the rest of the stack.
 *
 * @param root - what the path of a local state is relative to
 */
export function backendOf(environment: Environment, root: string): unknown {
  const stack = new TerraformStack(new App(), environment.name);
  declareBackend(stack, environment, root);
  const { terraform } = stack.toTerraform() as { terraform: { backend: unknown } };
  return terraform.backend;
}
