import { z } from "zod";
import { letters } from "../identifiers.ts";
import { ManagementRefusal } from "../api-error.ts";
import { bodyOf, pageOf, param, selectFields } from "../route.ts";
import type { Answer, Call, Route } from "../route.ts";
import type { TenantContext } from "../context.ts";
import type { StoredConnection } from "../model.ts";

const fields = {
  options: z.looseObject({}).optional(),
  is_domain_connection: z.boolean().optional(),
  enabled_clients: z.array(z.string()).optional(),
  realms: z.array(z.string()).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  display_name: z.string().optional(),
  show_as_button: z.boolean().optional(),
};
const createBody = z.strictObject({
  ...fields,
  name: z.string().min(1).max(128),
  strategy: z.string().min(1),
});
const updateBody = z.strictObject(fields);
const clientsBody = z.array(z.strictObject({ client_id: z.string(), status: z.boolean() })).min(1);

/** What a database connection gets when nothing is asked for (recorded). */
const databaseOptions = {
  mfa: { active: true, return_enroll_settings: true },
  passwordPolicy: "good",
  strategy_version: 2,
  authentication_methods: {
    password: { enabled: true, api_behavior: "required" },
    passkey: { enabled: false },
  },
  passkey_options: {
    challenge_ui: "both",
    progressive_enrollment_enabled: true,
    local_enrollment_enabled: true,
  },
  brute_force_protection: true,
};

// Shown whatever `fields` asks for (recorded).
const alwaysShown = ["id", "is_domain_connection", "authentication", "connected_accounts"];

/** `connections` and the clients of each. */
export function connectionRoutes(tenant: TenantContext): readonly Route[] {
  const { connections } = tenant.state;

  const found = (call: Call): StoredConnection => {
    const connection = connections.get(param(call, "id"));
    if (connection) return connection;
    throw new ManagementRefusal(404, "The connection does not exist", "inexistent_connection");
  };

  const create = (call: Call): Answer => {
    const body = bodyOf(createBody, call);
    if ([...connections.values()].some(({ name }) => name === body.name))
      throw new ManagementRefusal(409, "A connection with the same name already exists");
    const database = body.strategy === "auth0";
    const connection: StoredConnection = {
      id: `con_${letters(16)}`,
      options: { ...(database ? databaseOptions : {}), ...body.options },
      strategy: body.strategy,
      name: body.name,
      is_domain_connection: body.is_domain_connection ?? false,
      ...(database
        ? { authentication: { active: true }, connected_accounts: { active: false } }
        : {}),
      enabled_clients: body.enabled_clients ?? [],
      realms: body.realms ?? [body.name],
      ...(body.metadata ? { metadata: body.metadata } : {}),
    };
    connections.set(connection.id, connection);
    return { status: 201, body: connection };
  };

  const update = (call: Call): Answer => {
    const before = found(call);
    const given = Object.entries(bodyOf(updateBody, call)).filter(([, v]) => v !== undefined);
    // Options are replaced whole, never merged (recorded).
    const after: StoredConnection = { ...before, ...Object.fromEntries(given) };
    connections.set(after.id, after);
    return { status: 200, body: after };
  };

  const remove = (call: Call): Answer => {
    connections.delete(found(call).id);
    return { status: 202, body: { deleted_at: new Date(tenant.clock()).toISOString() } };
  };

  const list = (call: Call): Answer => {
    const { name, strategy, take } = call.query;
    const all = [...connections.values()].filter(
      (one) =>
        (!name || one.name === name) && (!strategy || strategy.split(",").includes(one.strategy)),
    );
    const shown = (some: readonly StoredConnection[]): unknown[] =>
      some.map((one) => selectFields(one, call.query, alwaysShown));
    if (take !== undefined) return { status: 200, body: { connections: shown(all) } };
    const { items, page, perPage } = pageOf(all, call.query);
    if (call.query["include_totals"] !== "true") return { status: 200, body: shown(items) };
    const totals = { start: page * perPage, limit: perPage, total: all.length };
    return { status: 200, body: { connections: shown(items), ...totals } };
  };

  const setClients = (call: Call): Answer => {
    const connection = found(call);
    const enabled = new Set(connection.enabled_clients);
    for (const { client_id, status } of bodyOf(clientsBody, call))
      if (status) enabled.add(client_id);
      else enabled.delete(client_id);
    connections.set(connection.id, { ...connection, enabled_clients: [...enabled] });
    return { status: 204 };
  };

  const listClients = (call: Call): Answer => {
    const clients = found(call).enabled_clients.map((client_id) => ({ client_id }));
    return { status: 200, body: { clients } };
  };

  const path = "/connections";
  const one = `${path}/:id`;
  return [
    { method: "GET", path, scope: "read:connections", answer: list },
    { method: "POST", path, scope: "create:connections", answer: create },
    {
      method: "GET",
      path: one,
      scope: "read:connections",
      answer: (call) => ({
        status: 200,
        body: selectFields(found(call), call.query, alwaysShown),
      }),
    },
    { method: "PATCH", path: one, scope: "update:connections", answer: update },
    { method: "DELETE", path: one, scope: "delete:connections", answer: remove },
    { method: "GET", path: `${one}/clients`, scope: "read:connections", answer: listClients },
    { method: "PATCH", path: `${one}/clients`, scope: "update:connections", answer: setClients },
  ];
}
