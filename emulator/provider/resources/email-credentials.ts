import type { NestedBlock } from "../protocol/schema.ts";
import { asBlocks, asObject } from "../protocol/value.ts";
import type { Json, ObjectValue, Value } from "../protocol/value.ts";
import { given } from "./body.ts";

/** One credential: its name in Terraform, in the Management API, and how it is treated. */
interface Credential {
  readonly attribute: string;
  readonly field: string;
  readonly type: "string" | "number";
  /** Sensitive ones are never shown by the tenant; the state keeps what was configured. */
  readonly sensitive: boolean;
}

/** Names as recorded from the real provider, for every kind of e-mail provider. */
const credentials: readonly Credential[] = [
  { attribute: "access_key_id", field: "accessKeyId", type: "string", sensitive: true },
  { attribute: "api_key", field: "api_key", type: "string", sensitive: true },
  {
    attribute: "azure_cs_connection_string",
    field: "connectionString",
    type: "string",
    sensitive: true,
  },
  { attribute: "domain", field: "domain", type: "string", sensitive: false },
  { attribute: "ms365_client_id", field: "clientId", type: "string", sensitive: true },
  { attribute: "ms365_client_secret", field: "clientSecret", type: "string", sensitive: true },
  { attribute: "ms365_tenant_id", field: "tenantId", type: "string", sensitive: true },
  { attribute: "region", field: "region", type: "string", sensitive: false },
  { attribute: "secret_access_key", field: "secretAccessKey", type: "string", sensitive: true },
  { attribute: "smtp_host", field: "smtp_host", type: "string", sensitive: false },
  { attribute: "smtp_pass", field: "smtp_pass", type: "string", sensitive: true },
  { attribute: "smtp_port", field: "smtp_port", type: "number", sensitive: false },
  { attribute: "smtp_user", field: "smtp_user", type: "string", sensitive: false },
];

/** The `credentials` block of `auth0_email_provider`; `custom` has an empty one. */
export const emailCredentials = {
  schema: {
    nesting: "list",
    min: 1,
    max: 1,
    block: {
      attributes: Object.fromEntries(
        credentials.map(({ attribute, type, sensitive }) => [
          attribute,
          { type, optional: true, ...(sensitive ? { sensitive: true } : {}) },
        ]),
      ),
    },
  } satisfies NestedBlock,

  /** What a request carries. */
  body(planned: ObjectValue): Record<string, Json> {
    const [block = {}] = asBlocks(planned["credentials"]);
    return given(
      Object.fromEntries(credentials.map(({ attribute, field }) => [field, block[attribute]])),
    );
  },

  /** What the state keeps: the tenant's word where it gives one, else what was configured. */
  fromTenant(found: ObjectValue, state: ObjectValue): Value {
    const shown = asObject(found["credentials"]) ?? {};
    const [block = {}] = asBlocks(state["credentials"]);
    return [
      Object.fromEntries(
        credentials.map(({ attribute, field, sensitive }) => [
          attribute,
          (sensitive ? block[attribute] : shown[field]) ?? null,
        ]),
      ),
    ];
  },
};
