import { randomUUID } from "node:crypto";
import { ManagementRefusal } from "../api-error.ts";
import { bodyOf, pageOf, param } from "../route.ts";
import type { Answer, Call, Route } from "../route.ts";
import { timestamp } from "../state.ts";
import { createBody, replaceSecrets, updateBody } from "./action-body.ts";
import { buildStatus } from "./action-build.ts";
import { actionView } from "./action-views.ts";
import { customTriggers } from "./action.ts";
import type { StoredAction } from "./action.ts";
import type { TenantContext } from "../context.ts";

/** `actions/actions` but for deploys and versions. */
export function actionRoutes(tenant: TenantContext): readonly Route[] {
  const { actions, bindings } = tenant.state;
  const view = (action: StoredAction): Record<string, unknown> =>
    actionView(action, buildStatus(action, tenant.buildDelay, performance.now()));

  const create = (call: Call): Answer => {
    const body = bodyOf(createBody, call);
    refuseSecondCustomAction(actions.values(), body.supported_triggers);
    const now = timestamp(tenant.clock);
    const action: StoredAction = {
      id: randomUUID(),
      name: body.name,
      supported_triggers: body.supported_triggers,
      code: body.code ?? "module.exports = () => {}",
      dependencies: body.dependencies ?? [],
      runtime: body.runtime ?? "node22",
      secrets: replaceSecrets([], body.secrets ?? [], now),
      created_at: now,
      updated_at: now,
      buildStarted: performance.now(),
      versions: [],
      deployed: undefined,
      allChangesDeployed: false,
    };
    actions.set(action.id, action);
    return { status: 201, body: actionView(action, "pending") };
  };

  const update = (call: Call): Answer => {
    const action = find(tenant, call);
    const body = bodyOf(updateBody, call);
    const now = timestamp(tenant.clock);
    const secrets = body.secrets && replaceSecrets(action.secrets, body.secrets, now);
    Object.assign(action, defined({ ...body, secrets }), {
      updated_at: now,
      buildStarted: performance.now(),
      allChangesDeployed: false,
    });
    return { status: 200, body: actionView(action, "pending") };
  };

  const remove = (call: Call): Answer => {
    const { id } = find(tenant, call);
    const bound = [...bindings].filter(([, list]) => list.some(({ actionId }) => actionId === id));
    if (bound.length > 0 && call.query["force"] !== "true")
      throw new ManagementRefusal(409, "Unable to delete an action bound to a trigger.");
    for (const [trigger, list] of bound)
      bindings.set(
        trigger,
        list.filter(({ actionId }) => actionId !== id),
      );
    actions.delete(id);
    return { status: 204 };
  };

  const list = (call: Call): Answer => {
    const { triggerId, actionName, deployed } = call.query;
    const found = [...actions.values()].filter(
      (action) =>
        (!triggerId || action.supported_triggers.some(({ id }) => id === triggerId)) &&
        (!actionName || action.name === actionName) &&
        (!deployed || String(action.deployed !== undefined) === deployed),
    );
    const { items, page, perPage } = pageOf(found, call.query);
    // A page past the end carries no total: the real provider would ask for pages for ever.
    const total = items.length > 0 ? { total: found.length } : {};
    return { status: 200, body: { actions: items.map(view), ...total, page, per_page: perPage } };
  };

  const path = "/actions/actions";
  return [
    { method: "GET", path, scope: "read:actions", answer: list },
    { method: "POST", path, scope: "create:actions", answer: create },
    {
      method: "GET",
      path: `${path}/:id`,
      scope: "read:actions",
      answer: (call) => ({ status: 200, body: view(find(tenant, call)) }),
    },
    { method: "PATCH", path: `${path}/:id`, scope: "update:actions", answer: update },
    { method: "DELETE", path: `${path}/:id`, scope: "delete:actions", answer: remove },
  ];
}

/** @throws ManagementRefusal 404 */
export function find(tenant: TenantContext, call: Call): StoredAction {
  const action = tenant.state.actions.get(param(call, "id"));
  if (action) return action;
  throw new ManagementRefusal(404, "That action does not exist.");
}

function refuseSecondCustomAction(
  actions: Iterable<StoredAction>,
  wanted: readonly { readonly id: string }[],
): void {
  const taken = [...actions].flatMap((action) => action.supported_triggers.map(({ id }) => id));
  const refused = customTriggers.find(
    (trigger) => taken.includes(trigger) && wanted.some(({ id }) => id === trigger),
  );
  if (refused)
    throw new ManagementRefusal(
      403,
      `This tenant already has an action for the trigger ${refused}.`,
      `actions_cardinality_${refused.replaceAll("-", "_")}_not_allowed`,
    );
}

function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
