import { ifThere, path } from "../management/api.ts";
import type { ManagementApi } from "../management/api.ts";
import type { Resource } from "../protocol/provider.ts";
import type { Block } from "../protocol/schema.ts";
import { asBlocks, asList, asObject } from "../protocol/value.ts";
import type { Json, ObjectValue } from "../protocol/value.ts";
import { given, idOf, orNull } from "./body.ts";

const schema: Block = {
  attributes: {
    channel: { type: "string", computed: true },
    disabled: { type: "bool", optional: true, default: false },
    id: { type: "string", optional: true, computed: true },
    name: { type: "string", required: true },
    tenant: { type: "string", computed: true },
  },
  blocks: {
    configuration: {
      nesting: "list",
      min: 1,
      max: 1,
      block: {
        attributes: {
          default_from: { type: "string", optional: true },
          delivery_methods: { type: ["set", "string"], required: true },
          mssid: { type: "string", optional: true },
          sid: { type: "string", optional: true },
        },
      },
    },
    credentials: {
      nesting: "list",
      min: 1,
      max: 1,
      block: {
        attributes: { auth_token: { type: "string", optional: true, sensitive: true } },
      },
    },
  },
};

/** `auth0_phone_provider`. Creating it takes over a provider that the tenant already has. */
export const phoneProvider: Resource<ManagementApi> = {
  schema,

  async create(api, { planned, created }) {
    const list = await api.get("/branding/phone/providers");
    const [existing] = asBlocks(list["providers"]);
    const made = existing
      ? await api.patch(path`/branding/phone/providers/${idOf(existing)}`, body(planned))
      : await api.post("/branding/phone/providers", body(planned));
    const id = idOf(existing ?? made);
    created(id);
    return { ...planned, id, ...fromTenant(await get(api, id), planned) };
  },

  async read(api, state) {
    const found = await ifThere(get(api, idOf(state)));
    return found && { ...state, ...fromTenant(found, state) };
  },

  async update(api, { prior, planned }) {
    const id = idOf(prior);
    await api.patch(path`/branding/phone/providers/${id}`, body(planned));
    return { ...planned, ...fromTenant(await get(api, id), planned) };
  },

  async delete(api, state) {
    await api.delete(path`/branding/phone/providers/${idOf(state)}`);
  },
};

function get(api: ManagementApi, id: string): Promise<ObjectValue> {
  return api.get(path`/branding/phone/providers/${id}`);
}

function body(planned: ObjectValue): Record<string, Json> {
  const [configuration = {}] = asBlocks(planned["configuration"]);
  const [credentials = {}] = asBlocks(planned["credentials"]);
  return given({
    name: planned["name"],
    disabled: planned["disabled"],
    configuration: given({
      default_from: configuration["default_from"],
      mssid: configuration["mssid"],
      sid: configuration["sid"],
      delivery_methods: configuration["delivery_methods"],
    }),
    credentials: given({ auth_token: credentials["auth_token"] }),
  });
}

function fromTenant(found: ObjectValue, state: ObjectValue): ObjectValue {
  const configuration = asObject(found["configuration"]) ?? {};
  const [credentials] = asBlocks(state["credentials"]);
  return {
    name: orNull(found["name"]),
    // The tenant leaves it out when it was never set.
    disabled: found["disabled"] ?? false,
    channel: orNull(found["channel"]),
    tenant: orNull(found["tenant"]),
    configuration: [
      {
        default_from: orNull(configuration["default_from"]),
        mssid: orNull(configuration["mssid"]),
        sid: orNull(configuration["sid"]),
        delivery_methods: asList(configuration["delivery_methods"]),
      },
    ],
    // The tenant never shows credentials.
    credentials: [credentials ?? {}],
  };
}
