import { randomUUID } from "node:crypto";
import { z } from "zod";
import { ManagementRefusal } from "../api-error.ts";
import { bodyOf, pageOf, param } from "../route.ts";
import type { Answer, Call, Route } from "../route.ts";
import { timestamp } from "../state.ts";
import { boundActionView } from "./action-views.ts";
import { handlers } from "./action.ts";
import type { StoredAction } from "./action.ts";
import type { TenantContext } from "../context.ts";
import type { StoredBinding } from "../model.ts";

const body = z.strictObject({
  bindings: z.array(
    z.looseObject({
      ref: z.strictObject({
        type: z.enum(["action_id", "action_name", "binding_id"]),
        value: z.string(),
      }),
      display_name: z.string().optional(),
    }),
  ),
});

/** `actions/triggers` and the bindings of each. */
export function bindingRoutes(tenant: TenantContext): readonly Route[] {
  const { actions, bindings } = tenant.state;

  const view = (trigger: string, binding: StoredBinding): Record<string, unknown> => {
    const action = actions.get(binding.actionId);
    return {
      id: binding.id,
      trigger_id: trigger,
      action: action && boundActionView(action),
      created_at: binding.created_at,
      updated_at: binding.created_at,
      display_name: binding.display_name,
    };
  };

  const referred = (trigger: string, ref: { type: string; value: string }): StoredAction => {
    const action = [...actions.values()].find(({ id, name }) => {
      if (ref.type === "action_id") return id === ref.value;
      if (ref.type === "action_name") return name === ref.value;
      const bound = bindings.get(trigger)?.find((binding) => binding.id === ref.value);
      return id === bound?.actionId;
    });
    if (!action) throw new ManagementRefusal(400, "A binding refers to an unknown action.");
    if (!action.supported_triggers.some(({ id }) => id === trigger))
      throw new ManagementRefusal(400, `The action does not support the trigger ${trigger}.`);
    if (!action.deployed)
      throw new ManagementRefusal(400, "The action must be deployed before it can be bound.");
    return action;
  };

  const replace = (call: Call): Answer => {
    const trigger = knownTrigger(call);
    const now = timestamp(tenant.clock);
    const replaced = bodyOf(body, call).bindings.map(({ ref, display_name }): StoredBinding => {
      const action = referred(trigger, ref);
      return {
        id: randomUUID(),
        actionId: action.id,
        display_name: display_name ?? action.name,
        created_at: now,
      };
    });
    bindings.set(trigger, replaced);
    return { status: 200, body: { bindings: replaced.map((one) => view(trigger, one)) } };
  };

  const list = (call: Call): Answer => {
    const trigger = knownTrigger(call);
    const all = bindings.get(trigger) ?? [];
    const { items, page, perPage } = pageOf(all, call.query);
    return {
      status: 200,
      body: {
        bindings: items.map((one) => view(trigger, one)),
        // Without entries there is no total, else the real provider asks for pages for ever; the
        // page is left out where it is the first (both recorded).
        ...(items.length > 0 ? { total: all.length } : {}),
        ...(page > 0 ? { page } : {}),
        per_page: perPage,
      },
    };
  };

  const path = "/actions/triggers";
  return [
    { method: "GET", path, scope: "read:actions", answer: listTriggers },
    { method: "GET", path: `${path}/:trigger/bindings`, scope: "read:actions", answer: list },
    {
      method: "PATCH",
      path: `${path}/:trigger/bindings`,
      scope: "update:actions",
      answer: replace,
    },
  ];
}

function knownTrigger(call: Call): string {
  const trigger = param(call, "trigger");
  if (trigger in handlers) return trigger;
  throw new ManagementRefusal(404, "That trigger does not exist.");
}

function listTriggers(): Answer {
  const triggers = Object.keys(handlers).map((id) => ({
    id,
    version: id === "post-login" ? "v3" : "v1",
    status: "CURRENT",
    runtimes: ["node18-actions", "node22"],
    default_runtime: "node22",
    binding_policy: id.startsWith("custom-") ? "entity-bound" : "trigger-bound",
  }));
  return { status: 200, body: { triggers } };
}
