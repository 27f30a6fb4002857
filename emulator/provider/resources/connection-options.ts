import type { Attribute, NestedBlock } from "../protocol/schema.ts";
import { asBlocks, asObject, asText } from "../protocol/value.ts";
import type { Json, ObjectValue, Value } from "../protocol/value.ts";
import { given, orNull } from "./body.ts";

const text = { type: "string", optional: true } as const;
const flag = { type: "bool", optional: true } as const;

/** One option: its flags, and its name in the Management API where that is another. */
interface Option {
  readonly attribute: Attribute;
  readonly field?: string;
}

/** What the strategies `email` and `sms` have in common, or only one of them uses at top level. */
const options: Readonly<Record<string, Option>> = {
  auth_params: { attribute: { type: ["map", "string"], optional: true }, field: "authParams" },
  brute_force_protection: { attribute: { ...flag, computed: true } },
  disable_signup: { attribute: flag },
  forward_request_info: { attribute: flag },
  gateway_url: { attribute: text },
  messaging_service_sid: { attribute: text },
  name: { attribute: text },
  non_persistent_attrs: { attribute: { type: ["set", "string"], optional: true, computed: true } },
  provider: { attribute: text },
  set_user_root_attributes: { attribute: { ...text, computed: true } },
  twilio_sid: { attribute: text },
  twilio_token: { attribute: { ...text, sensitive: true } },
};

/** The message: `options.email` for the strategy `email`, the options themselves for `sms`. */
const message: Readonly<Record<string, Option>> = {
  from: { attribute: text },
  subject: { attribute: text },
  syntax: { attribute: text },
  template: { attribute: text },
};

/** The strategy `email` calls the template a body. */
const emailFields: Readonly<Record<string, string>> = {
  from: "from",
  subject: "subject",
  syntax: "syntax",
  template: "body",
};

const all = { ...options, ...message };

/** The `options` block of `auth0_connection`, as far as passwordless connections use it. */
export const optionsBlock: NestedBlock = {
  nesting: "list",
  max: 1,
  computed: true,
  block: {
    attributes: {
      ...Object.fromEntries(Object.entries(all).map(([name, { attribute }]) => [name, attribute])),
      // A JSON text here, an object in the Management API.
      upstream_params: text,
    },
    blocks: {
      totp: {
        nesting: "list",
        max: 1,
        block: {
          attributes: {
            length: { type: "number", optional: true },
            time_step: { type: "number", optional: true },
          },
        },
      },
    },
  },
};

/** The options that a request carries; a PATCH replaces them all. */
export function optionsBody(strategy: string, block: ObjectValue): Record<string, Json> {
  const [totp] = asBlocks(block["totp"]);
  const upstream = asText(block["upstream_params"]);
  const rename = (names: Readonly<Record<string, Option>>) =>
    given(
      Object.fromEntries(
        Object.entries(names).map(([name, { field }]) => [field ?? name, block[name]]),
      ),
    );
  const email = given(
    Object.fromEntries(Object.entries(emailFields).map(([name, field]) => [field, block[name]])),
  );
  return given({
    ...rename(options),
    ...(strategy === "email" ? { email } : rename(message)),
    totp: totp && given({ time_step: totp["time_step"], length: totp["length"] }),
    upstream_params: upstream === undefined ? undefined : (JSON.parse(upstream) as Json),
  });
}

/** The block that the tenant's options make, on top of the state's for what it does not show. */
export function optionsFrom(strategy: string, found: ObjectValue, state: ObjectValue): ObjectValue {
  const source = strategy === "email" ? (asObject(found["email"]) ?? {}) : found;
  const totp = asObject(found["totp"]);
  const block: Record<string, Value> = {};
  for (const [name, { field }] of Object.entries(options)) {
    block[name] = orNull(found[field ?? name]);
  }
  for (const [name, field] of Object.entries(emailFields)) {
    block[name] = orNull(source[strategy === "email" ? field : name]);
  }
  return {
    ...block,
    twilio_token: block["twilio_token"] ?? orNull(state["twilio_token"]),
    upstream_params: upstreamFrom(found["upstream_params"], state["upstream_params"]),
    totp: totp ? [{ length: orNull(totp["length"]), time_step: orNull(totp["time_step"]) }] : [],
  };
}

/** The state's text stays while it says the same: spaces and order are no change. */
function upstreamFrom(found: Value | undefined, state: Value | undefined): Value {
  const params = asObject(found);
  if (!params) return null;
  const before = asText(state);
  const same = before !== undefined && canonical(JSON.parse(before) as Json) === canonical(params);
  return same ? before : canonical(params);
}

function canonical(value: Value): string {
  return JSON.stringify(value, (_key, part: Value) => {
    const object = asObject(part);
    return object
      ? Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part;
  });
}
