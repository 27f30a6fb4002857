import { z } from "zod";
import { letters } from "../identifiers.ts";
import { ManagementRefusal } from "../api-error.ts";
import { bodyOf, pageOf, param, selectFields } from "../route.ts";
import type { Answer, Call, Route } from "../route.ts";
import type { TenantContext } from "../context.ts";
import type { StoredClient } from "../model.ts";

interface NewClient {
  readonly name: string;
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly grant_types?: readonly string[] | undefined;
  readonly client_metadata?: Readonly<Record<string, string>> | undefined;
  readonly token_endpoint_auth_method?: string | undefined;
}

/** The grant that exchanges a one-time passcode for tokens. */
export const otpGrant = "http://auth0.com/oauth/grant-type/passwordless/otp";

const fields = {
  grant_types: z.array(z.string()).optional(),
  client_metadata: z.record(z.string(), z.string()).optional(),
  token_endpoint_auth_method: z
    .enum(["none", "client_secret_post", "client_secret_basic"])
    .optional(),
};
const createBody = z.looseObject({ ...fields, name: z.string().min(1) });
const updateBody = z.looseObject({ ...fields, name: z.string().min(1).optional() });

/** A client with what Auth0 gives a new one (recorded), and what is given over it. */
export function makeClient(given: NewClient): StoredClient {
  return {
    is_first_party: true,
    is_token_endpoint_ip_header_trusted: false,
    oidc_conformant: false,
    jwt_configuration: { secret_encoded: false, lifetime_in_seconds: 36_000 },
    // The certificate of a key that nothing here signs with.
    signing_keys: [{ cert: "" }],
    sso_disabled: false,
    cross_origin_authentication: false,
    custom_login_page_on: true,
    refresh_token: {
      rotation_type: "non-rotating",
      expiration_type: "non-expiring",
      leeway: 0,
      token_lifetime: 2_592_000,
      infinite_token_lifetime: true,
      infinite_idle_token_lifetime: true,
      idle_token_lifetime: 1_296_000,
    },
    ...given,
    client_id: given.client_id ?? letters(32),
    client_secret: given.client_secret ?? letters(64),
    grant_types: given.grant_types ?? [
      "authorization_code",
      "implicit",
      "refresh_token",
      "client_credentials",
    ],
  };
}

/** `clients` */
export function clientRoutes(tenant: TenantContext): readonly Route[] {
  const { clients, connections } = tenant.state;

  const found = (call: Call): StoredClient => {
    const client = clients.get(param(call, "id"));
    if (client) return client;
    throw new ManagementRefusal(404, "The client does not exist", "inexistent_client");
  };

  const create = (call: Call): Answer => {
    const client = makeClient(bodyOf(createBody, call));
    clients.set(client.client_id, client);
    return { status: 201, body: client };
  };

  const update = (call: Call): Answer => {
    const before = found(call);
    const after: StoredClient = {
      ...before,
      ...Object.fromEntries(Object.entries(bodyOf(updateBody, call))),
    };
    clients.set(before.client_id, after);
    return { status: 200, body: after };
  };

  const remove = (call: Call): Answer => {
    const { client_id } = found(call);
    clients.delete(client_id);
    for (const [id, connection] of connections)
      connections.set(id, {
        ...connection,
        enabled_clients: connection.enabled_clients.filter((other) => other !== client_id),
      });
    return { status: 204 };
  };

  const list = (call: Call): Answer => {
    const { items, page, perPage } = pageOf([...clients.values()], call.query);
    const shown = items.map((client) => selectFields(client, call.query));
    if (call.query["include_totals"] !== "true") return { status: 200, body: shown };
    const totals = { start: page * perPage, limit: perPage, total: clients.size };
    return { status: 200, body: { clients: shown, ...totals } };
  };

  const path = "/clients";
  const one = `${path}/:id`;
  return [
    { method: "GET", path, scope: "read:clients", answer: list },
    { method: "POST", path, scope: "create:clients", answer: create },
    {
      method: "GET",
      path: one,
      scope: "read:clients",
      answer: (call) => ({ status: 200, body: selectFields(found(call), call.query) }),
    },
    { method: "PATCH", path: one, scope: "update:clients", answer: update },
    { method: "DELETE", path: one, scope: "delete:clients", answer: remove },
  ];
}
