import { ifThere, path } from "../management/api.ts";
import type { ManagementApi } from "../management/api.ts";
import type { Resource } from "../protocol/provider.ts";
import type { Block } from "../protocol/schema.ts";
import { asBlocks, asObject } from "../protocol/value.ts";
import type { ObjectValue } from "../protocol/value.ts";
import { given, idOf } from "./body.ts";

const schema: Block = {
  attributes: {
    id: { type: "string", optional: true, computed: true },
    trigger: { type: "string", required: true, replaces: true },
  },
  blocks: {
    actions: {
      nesting: "list",
      min: 1,
      block: {
        attributes: {
          display_name: { type: "string", required: true },
          id: { type: "string", required: true },
        },
      },
    },
  },
};

/** Bindings of one answer: the most that the Management API gives. */
const perPage = 100;

/** `auth0_trigger_actions`: all bindings of one trigger, in their order. Its id is the trigger. */
export const triggerActions: Resource<ManagementApi> = {
  schema,

  async create(api, { planned, created }) {
    const trigger = idOf(planned, "trigger");
    await bind(api, trigger, asBlocks(planned["actions"]));
    created(trigger);
    return { ...planned, id: trigger, actions: await bindings(api, trigger) };
  },

  async read(api, state) {
    const trigger = idOf(state);
    const actions = await ifThere(bindings(api, trigger));
    return actions && { ...state, trigger, actions };
  },

  async update(api, { prior, planned }) {
    const trigger = idOf(prior);
    await bind(api, trigger, asBlocks(planned["actions"]));
    return { ...planned, actions: await bindings(api, trigger) };
  },

  async delete(api, state) {
    await ifThere(bind(api, idOf(state), []));
  },
};

async function bind(
  api: ManagementApi,
  trigger: string,
  actions: readonly ObjectValue[],
): Promise<void> {
  await api.patch(path`/actions/triggers/${trigger}/bindings`, {
    bindings: actions.map(({ id, display_name }) =>
      given({ display_name, ref: given({ type: "action_id", value: id }) }),
    ),
  });
}

/** Reads until a page is empty: the tenant's last page does not say that it is the last. */
async function bindings(api: ManagementApi, trigger: string): Promise<ObjectValue[]> {
  const found: ObjectValue[] = [];
  for (let page = 0; ; page += 1) {
    const answer = await api.get(path`/actions/triggers/${trigger}/bindings`, {
      page: String(page),
      per_page: String(perPage),
    });
    const bound = asBlocks(answer["bindings"]);
    if (bound.length === 0) return found;
    for (const { action, display_name } of bound) {
      found.push(given({ id: asObject(action)?.["id"], display_name }));
    }
  }
}
