import { ifThere, path } from "../management/api.ts";
import type { ManagementApi } from "../management/api.ts";
import type { Resource } from "../protocol/provider.ts";
import type { Block } from "../protocol/schema.ts";
import { asBlocks, asList, asObject, asText } from "../protocol/value.ts";
import type { Json, ObjectValue } from "../protocol/value.ts";
import { given, idOf, orNull } from "./body.ts";
import { optionsBlock, optionsBody, optionsFrom } from "./connection-options.ts";

const schema: Block = {
  attributes: {
    display_name: { type: "string", optional: true, computed: true },
    id: { type: "string", optional: true, computed: true },
    is_domain_connection: { type: "bool", optional: true, computed: true },
    metadata: { type: ["map", "string"], optional: true },
    name: { type: "string", required: true, replaces: true },
    realms: { type: ["list", "string"], optional: true, computed: true },
    show_as_button: { type: "bool", optional: true },
    strategy: { type: "string", required: true, replaces: true },
  },
  blocks: { options: optionsBlock },
};

/** `auth0_connection`, for the strategies `email` and `sms`. */
export const connection: Resource<ManagementApi> = {
  schema,

  async create(api, { planned, config, created }) {
    const { name, strategy } = config;
    const made = await api.post("/connections", { ...given({ name, strategy }), ...body(config) });
    const id = idOf(made);
    created(id);
    return { ...planned, id, ...fromTenant(await get(api, id), planned) };
  },

  async read(api, state) {
    const found = await ifThere(get(api, idOf(state)));
    return found && { ...state, ...fromTenant(found, state) };
  },

  async update(api, { prior, planned, config }) {
    const id = idOf(prior);
    await api.patch(path`/connections/${id}`, body(config));
    return { ...planned, ...fromTenant(await get(api, id), planned) };
  },

  async delete(api, state) {
    await api.delete(path`/connections/${idOf(state)}`);
  },
};

function get(api: ManagementApi, id: string): Promise<ObjectValue> {
  return api.get(path`/connections/${id}`);
}

function body(config: ObjectValue): Record<string, Json> {
  const [options] = asBlocks(config["options"]);
  return given({
    display_name: config["display_name"],
    is_domain_connection: config["is_domain_connection"],
    metadata: config["metadata"],
    realms: config["realms"],
    show_as_button: config["show_as_button"],
    options: options && optionsBody(asText(config["strategy"]) ?? "", options),
  });
}

function fromTenant(found: ObjectValue, state: ObjectValue): ObjectValue {
  const [options = {}] = asBlocks(state["options"]);
  const strategy = asText(found["strategy"]) ?? "";
  return {
    display_name: orNull(found["display_name"]),
    is_domain_connection: found["is_domain_connection"] ?? false,
    metadata: asObject(found["metadata"]),
    name: orNull(found["name"]),
    realms: asList(found["realms"]),
    show_as_button: orNull(found["show_as_button"]),
    strategy,
    options: [optionsFrom(strategy, asObject(found["options"]) ?? {}, options)],
  };
}
