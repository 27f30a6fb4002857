import { randomBytes } from "node:crypto";
import { ifThere } from "../management/api.ts";
import type { ManagementApi } from "../management/api.ts";
import type { Resource } from "../protocol/provider.ts";
import type { Block } from "../protocol/schema.ts";
import { asBlocks, asObject } from "../protocol/value.ts";
import type { Json, ObjectValue, Value } from "../protocol/value.ts";
import { given, orNull } from "./body.ts";
import { emailCredentials } from "./email-credentials.ts";

const schema: Block = {
  attributes: {
    default_from_address: { type: "string", required: true },
    enabled: { type: "bool", optional: true, default: true },
    id: { type: "string", optional: true, computed: true },
    name: { type: "string", required: true },
  },
  blocks: {
    credentials: emailCredentials.schema,
    settings: {
      nesting: "list",
      max: 1,
      block: {
        attributes: {},
        blocks: {
          headers: {
            nesting: "list",
            max: 1,
            block: {
              attributes: {
                x_mc_view_content_link: { type: "string", optional: true },
                x_ses_configuration_set: { type: "string", optional: true },
              },
            },
          },
          message: {
            nesting: "list",
            max: 1,
            block: {
              attributes: {
                configuration_set_name: { type: "string", optional: true },
                view_content_link: { type: "bool", optional: true },
              },
            },
          },
        },
      },
    },
  },
};

const fields = {
  fields: "name,enabled,default_from_address,credentials,settings",
  include_fields: "true",
};

/** `auth0_email_provider`: the tenant's only one. Creating it takes over what is there. */
export const emailProvider: Resource<ManagementApi> = {
  schema,

  async create(api, { planned, created }) {
    const existing = await ifThere(get(api));
    if (existing) await api.patch("/emails/provider", body(planned));
    else await api.post("/emails/provider", body(planned));
    const id = inventId();
    created(id);
    return { ...planned, id, ...fromTenant(await get(api), planned) };
  },

  async read(api, state) {
    const found = await ifThere(get(api));
    return found && { ...state, ...fromTenant(found, state) };
  },

  async update(api, { planned }) {
    await api.patch("/emails/provider", body(planned));
    return { ...planned, ...fromTenant(await get(api), planned) };
  },

  async delete(api) {
    await api.delete("/emails/provider");
  },
};

function get(api: ManagementApi): Promise<ObjectValue> {
  return api.get("/emails/provider", fields);
}

/** Auth0 has no id for it, so one is made up, in the form that Terraform's SDK uses. */
function inventId(): string {
  const time = new Date().toISOString().replaceAll(/\D/g, "");
  return `terraform-${time}${randomBytes(4).toString("hex")}`;
}

function body(planned: ObjectValue): Record<string, Json> {
  const [settings] = asBlocks(planned["settings"]);
  return given({
    name: planned["name"],
    enabled: planned["enabled"],
    default_from_address: planned["default_from_address"],
    credentials: emailCredentials.body(planned),
    settings: settings && settingsBody(settings),
  });
}

function settingsBody(settings: ObjectValue): Record<string, Json> {
  const [message] = asBlocks(settings["message"]);
  const [headers] = asBlocks(settings["headers"]);
  return given({
    message: message && given(message),
    headers:
      headers &&
      given({
        "X-MC-ViewContentLink": headers["x_mc_view_content_link"],
        "X-SES-Configuration-Set": headers["x_ses_configuration_set"],
      }),
  });
}

function fromTenant(found: ObjectValue, state: ObjectValue): ObjectValue {
  return {
    name: orNull(found["name"]),
    enabled: orNull(found["enabled"]),
    default_from_address: orNull(found["default_from_address"]),
    credentials: emailCredentials.fromTenant(found, state),
    settings: settingsFrom(asObject(found["settings"])),
  };
}

function settingsFrom(settings: ObjectValue | null): Value {
  if (!settings || Object.keys(settings).length === 0) return [];
  const message = asObject(settings["message"]);
  const headers = asObject(settings["headers"]);
  return [
    {
      message: message ? [message] : [],
      headers: headers
        ? [
            {
              x_mc_view_content_link: orNull(headers["X-MC-ViewContentLink"]),
              x_ses_configuration_set: orNull(headers["X-SES-Configuration-Set"]),
            },
          ]
        : [],
    },
  ];
}
