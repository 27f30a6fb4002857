import { isDeepStrictEqual } from "node:util";
import { ifThere, path } from "../management/api.ts";
import type { ManagementApi } from "../management/api.ts";
import { Failure } from "../protocol/failure.ts";
import type { Resource } from "../protocol/provider.ts";
import { asBlocks, asObject, asText } from "../protocol/value.ts";
import type { Json, ObjectValue } from "../protocol/value.ts";
import { deployAction } from "./action-deployment.ts";
import { actionSchema } from "./action-schema.ts";
import { given, idOf } from "./body.ts";

/** `auth0_action`. With `deploy`, every change is built, deployed and waited for. */
export const action: Resource<ManagementApi> = {
  schema: actionSchema,

  async create(api, { planned, config, created }) {
    const secrets = configuredSecrets(config);
    const made = await api.post("/actions/actions", {
      ...actionBody(config),
      ...(asBlocks(config["dependencies"]).length > 0
        ? { dependencies: dependencies(config) }
        : {}),
      ...(secrets.length > 0 ? { secrets } : {}),
    });
    const id = idOf(made);
    created(id);
    return deployed(api, { ...planned, id });
  },

  async read(api, state) {
    const found = await ifThere(api.get(path`/actions/actions/${idOf(state)}`));
    return found && { ...state, ...fromTenant(found) };
  },

  async update(api, { prior, planned, config }) {
    const id = idOf(prior);
    const changed = (name: string) => !isDeepStrictEqual(prior[name], planned[name]);
    const touchesSecrets = ["secrets", "secrets_wo", "secrets_wo_version"].some(changed);
    if (touchesSecrets) {
      const known = [prior, planned].flatMap(secretNames);
      refuseUnmanagedSecrets(await api.get(path`/actions/actions/${id}`), known);
    }
    await api.patch(path`/actions/actions/${id}`, {
      ...actionBody(config),
      ...(changed("dependencies") ? { dependencies: dependencies(config) } : {}),
      ...(touchesSecrets ? { secrets: configuredSecrets(config) } : {}),
    });
    return deployed(api, planned);
  },

  async delete(api, state) {
    await api.delete(path`/actions/actions/${idOf(state)}`);
  },
};

async function deployed(api: ManagementApi, planned: ObjectValue): Promise<ObjectValue> {
  const id = idOf(planned);
  const version = planned["deploy"] === true ? await deployAction(api, id, planned) : {};
  const found = await api.get(path`/actions/actions/${id}`);
  return { ...planned, ...version, ...fromTenant(found) };
}

function actionBody(config: ObjectValue): Record<string, Json> {
  return given({
    name: config["name"],
    supported_triggers: asBlocks(config["supported_triggers"]).map(({ id, version }) =>
      given({ id, version }),
    ),
    code: config["code"],
    runtime: config["runtime"],
  });
}

function dependencies(config: ObjectValue): Json[] {
  return asBlocks(config["dependencies"]).map(({ name, version }) => given({ name, version }));
}

function configuredSecrets(config: ObjectValue): Json[] {
  return [...asBlocks(config["secrets"]), ...asBlocks(config["secrets_wo"])].map(
    ({ name, value }) => given({ name, value }),
  );
}

function secretNames(state: ObjectValue): string[] {
  return [...asBlocks(state["secrets"]), ...asBlocks(state["secrets_wo"])].flatMap(
    ({ name }) => asText(name) ?? [],
  );
}

/** A PATCH replaces all secrets, so one that Terraform does not know of would be lost. */
function refuseUnmanagedSecrets(found: ObjectValue, known: readonly string[]): void {
  const unmanaged = asBlocks(found["secrets"])
    .flatMap(({ name }) => asText(name) ?? [])
    .filter((name) => !known.includes(name));
  if (unmanaged.length === 0) return;
  throw new Failure(
    "Unmanaged Action Secret",
    `Expected the configuration to have every secret of the Action, got one more in the tenant: ${unmanaged.join(", ")}. Add it to the configuration, or remove it from the tenant.`,
    "secrets",
  );
}

function fromTenant(found: ObjectValue): ObjectValue {
  const version = asText(asObject(found["deployed_version"])?.["id"]);
  return {
    name: found["name"] ?? null,
    code: found["code"] ?? null,
    runtime: found["runtime"] ?? null,
    supported_triggers: asBlocks(found["supported_triggers"]),
    dependencies: asBlocks(found["dependencies"]),
    ...(version === undefined ? {} : { version_id: version }),
  };
}
