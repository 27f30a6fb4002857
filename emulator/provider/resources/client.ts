import { ifThere, path } from "../management/api.ts";
import type { ManagementApi } from "../management/api.ts";
import type { Resource } from "../protocol/provider.ts";
import type { Attribute, Block } from "../protocol/schema.ts";
import type { Json, ObjectValue } from "../protocol/value.ts";
import { given, idOf, orNull } from "./body.ts";

const text = { type: "string", optional: true } as const;
const texts = { type: ["list", "string"], optional: true } as const;
const flag = { type: "bool", optional: true } as const;

/** What can be configured, as far as an application that logs in by passcode needs it. */
const configurable: Readonly<Record<string, Attribute>> = {
  allowed_logout_urls: texts,
  allowed_origins: texts,
  app_type: text,
  callbacks: { ...texts, computed: true },
  client_metadata: { type: ["map", "string"], optional: true },
  cross_origin_auth: flag,
  description: text,
  grant_types: { ...texts, computed: true },
  initiate_login_uri: text,
  is_first_party: { ...flag, computed: true },
  is_token_endpoint_ip_header_trusted: { ...flag, computed: true },
  logo_uri: text,
  name: { type: "string", required: true },
  oidc_conformant: { ...flag, computed: true },
  sso: flag,
  sso_disabled: flag,
  web_origins: texts,
};

/** Names that the Management API has of its own. */
const fields: Readonly<Record<string, string>> = {
  cross_origin_auth: "cross_origin_authentication",
};

const schema: Block = {
  attributes: {
    ...configurable,
    client_id: { type: "string", computed: true },
    id: { type: "string", optional: true, computed: true },
  },
};

/** `auth0_client`: an application. Its secret is never read. */
export const client: Resource<ManagementApi> = {
  schema,

  async create(api, { planned, config, created }) {
    const made = await api.post("/clients", body(config));
    const id = idOf(made, "client_id");
    created(id);
    return { ...planned, id, ...fromTenant(await get(api, id)) };
  },

  async read(api, state) {
    const found = await ifThere(get(api, idOf(state)));
    return found && { ...state, ...fromTenant(found) };
  },

  async update(api, { prior, planned, config }) {
    const id = idOf(prior);
    await api.patch(path`/clients/${id}`, body(config));
    return { ...planned, ...fromTenant(await get(api, id)) };
  },

  async delete(api, state) {
    await api.delete(path`/clients/${idOf(state)}`);
  },
};

function get(api: ManagementApi, id: string): Promise<ObjectValue> {
  return api.get(path`/clients/${id}`);
}

function body(config: ObjectValue): Record<string, Json> {
  return given(
    Object.fromEntries(
      Object.keys(configurable).map((name) => [fields[name] ?? name, config[name]]),
    ),
  );
}

function fromTenant(found: ObjectValue): ObjectValue {
  return {
    ...Object.fromEntries(
      Object.keys(configurable).map((name) => [name, orNull(found[fields[name] ?? name])]),
    ),
    client_id: orNull(found["client_id"]),
  };
}
