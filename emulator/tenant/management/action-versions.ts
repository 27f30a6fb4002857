import { randomUUID } from "node:crypto";
import { ManagementRefusal } from "../api-error.ts";
import { pageOf, param } from "../route.ts";
import type { Answer, Call, Route } from "../route.ts";
import { timestamp } from "../state.ts";
import { buildStatus } from "./action-build.ts";
import { deployView, versionView } from "./action-views.ts";
import type { ActionVersion, StoredAction } from "./action.ts";
import { find } from "./actions.ts";
import type { TenantContext } from "../context.ts";

/** Deploys, and the versions that they leave behind. */
export function actionVersionRoutes(tenant: TenantContext): readonly Route[] {
  const release = (action: StoredAction, from: Source): ActionVersion => {
    const now = timestamp(tenant.clock);
    const version: ActionVersion = {
      id: randomUUID(),
      number: action.versions.length + 1,
      code: from.code,
      dependencies: from.dependencies,
      runtime: from.runtime,
      secrets: from.secrets,
      supported_triggers: from.supported_triggers,
      created_at: now,
      updated_at: now,
      built_at: now,
    };
    action.versions.push(version);
    action.deployed = version;
    return version;
  };

  const deploy = (call: Call): Answer => {
    const action = find(tenant, call);
    const status = buildStatus(action, tenant.buildDelay, performance.now());
    if (status !== "built")
      throw new ManagementRefusal(
        400,
        `The action must be built before it can be deployed, but it is ${status}.`,
      );
    const version = release(action, action);
    action.allChangesDeployed = true;
    // Recorded as 200, although Auth0's OpenAPI document says 202.
    return { status: 200, body: deployView(action, version) };
  };

  const redeploy = (call: Call): Answer => {
    const action = find(tenant, call);
    const version = release(action, findVersion(action, call));
    action.allChangesDeployed = false;
    return { status: 202, body: deployView(action, version) };
  };

  const list = (call: Call): Answer => {
    const action = find(tenant, call);
    const { items, page, perPage } = pageOf(action.versions.toReversed(), call.query);
    const total = items.length > 0 ? { total: action.versions.length } : {};
    const versions = items.map((version) => versionView(action, version));
    return { status: 200, body: { versions, ...total, page, per_page: perPage } };
  };

  const path = "/actions/actions/:id";
  return [
    { method: "POST", path: `${path}/deploy`, scope: "create:actions", answer: deploy },
    { method: "GET", path: `${path}/versions`, scope: "read:actions", answer: list },
    {
      method: "GET",
      path: `${path}/versions/:version`,
      scope: "read:actions",
      answer: (call) => {
        const action = find(tenant, call);
        return { status: 200, body: versionView(action, findVersion(action, call)) };
      },
    },
    {
      method: "POST",
      path: `${path}/versions/:version/deploy`,
      scope: "create:actions",
      answer: redeploy,
    },
  ];
}

type Source = Pick<
  ActionVersion,
  "code" | "dependencies" | "runtime" | "secrets" | "supported_triggers"
>;

function findVersion(action: StoredAction, call: Call): ActionVersion {
  const version = action.versions.find(({ id }) => id === param(call, "version"));
  if (version) return version;
  throw new ManagementRefusal(404, "That action version does not exist.");
}
