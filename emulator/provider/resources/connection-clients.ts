import { ifThere, path } from "../management/api.ts";
import type { ManagementApi } from "../management/api.ts";
import { Failure } from "../protocol/failure.ts";
import type { Resource } from "../protocol/provider.ts";
import type { Block } from "../protocol/schema.ts";
import { asBlocks, asList, asText } from "../protocol/value.ts";
import type { ObjectValue } from "../protocol/value.ts";
import { idOf, orNull } from "./body.ts";

const schema: Block = {
  attributes: {
    connection_id: { type: "string", required: true, replaces: true },
    enabled_clients: { type: ["set", "string"], required: true },
    id: { type: "string", optional: true, computed: true },
    name: { type: "string", computed: true },
    strategy: { type: "string", computed: true },
  },
};

/** Changes of one PATCH: the most that the Management API takes. */
const perRequest = 50;

/** `auth0_connection_clients`: all applications that may use a connection. */
export const connectionClients: Resource<ManagementApi> = {
  schema,

  async create(api, { planned, created }) {
    const id = idOf(planned, "connection_id");
    const wanted = clientsOf(planned);
    const enabled = await enabledClients(api, id);
    const strangers = enabled.filter((client) => !wanted.includes(client));
    if (strangers.length > 0) {
      throw new Failure(
        "Connection with non empty enabled clients",
        `Expected the configuration to have every application that the connection has, got more in the tenant: ${strangers.join(", ")}. Import the resource (its id is the connection's), or add them to enabled_clients.`,
        "enabled_clients",
      );
    }
    await switchClients(api, id, enabled, wanted);
    created(id);
    return { ...planned, id, ...(await look(api, id)) };
  },

  async read(api, state) {
    const found = await ifThere(look(api, idOf(state)));
    return found && { ...state, ...found };
  },

  async update(api, { prior, planned }) {
    const id = idOf(prior);
    await switchClients(api, id, clientsOf(prior), clientsOf(planned));
    return { ...planned, ...(await look(api, id)) };
  },

  async delete(api, state) {
    await ifThere(switchClients(api, idOf(state), clientsOf(state), []));
  },
};

function clientsOf(state: ObjectValue): string[] {
  return asList(state["enabled_clients"]).flatMap((client) => asText(client) ?? []);
}

async function switchClients(
  api: ManagementApi,
  id: string,
  before: readonly string[],
  after: readonly string[],
): Promise<void> {
  const changes = [
    ...before.filter((client) => !after.includes(client)).map((client) => ({ client, on: false })),
    ...after.filter((client) => !before.includes(client)).map((client) => ({ client, on: true })),
  ];
  for (let first = 0; first < changes.length; first += perRequest) {
    await api.patch(
      path`/connections/${id}/clients`,
      changes
        .slice(first, first + perRequest)
        .map(({ client, on }) => ({ client_id: client, status: on })),
    );
  }
}

async function look(api: ManagementApi, id: string): Promise<ObjectValue> {
  const clients = await enabledClients(api, id);
  const found = await api.get(path`/connections/${id}`, {
    fields: "strategy,name",
    include_fields: "true",
  });
  return {
    connection_id: id,
    enabled_clients: clients,
    name: orNull(found["name"]),
    strategy: orNull(found["strategy"]),
  };
}

/** Reads page by page; the tenant names the next page as long as there is one. */
async function enabledClients(api: ManagementApi, id: string): Promise<string[]> {
  const clients: string[] = [];
  let from: string | undefined;
  do {
    const page = await api.get(
      path`/connections/${id}/clients`,
      from === undefined ? {} : { from },
    );
    clients.push(
      ...asBlocks(page["clients"]).flatMap((client) => asText(client["client_id"]) ?? []),
    );
    from = asText(page["next"]);
  } while (from !== undefined);
  return clients;
}
