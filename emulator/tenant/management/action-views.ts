import type { BuildStatus } from "./action-build.ts";
import type { ActionVersion, StoredAction, StoredSecret } from "./action.ts";

type View = Record<string, unknown>;

/** An Action as `GET actions/{id}` shows it. Values of secrets are never part of it. */
export function actionView(action: StoredAction, status: BuildStatus): View {
  return {
    ...base(action),
    code: action.code,
    dependencies: action.dependencies,
    runtime: action.runtime,
    status,
    secrets: secretsView(action.secrets),
    ...deployment(action),
    all_changes_deployed: action.allChangesDeployed,
  };
}

/** An Action inside a binding: without its draft, and never marked as deployed (recorded). */
export function boundActionView(action: StoredAction): View {
  return { ...base(action), ...deployment(action), all_changes_deployed: false };
}

/** The answer to a deploy: the version is made but does not run yet (recorded). */
export function deployView(action: StoredAction, version: ActionVersion): View {
  return {
    ...versionFields(version),
    deployed: false,
    updated_at: version.created_at,
    action: { ...base(action), all_changes_deployed: false },
  };
}

/** A version as `GET actions/{id}/versions` shows it. */
export function versionView(action: StoredAction, version: ActionVersion): View {
  return {
    ...versionFields(version),
    action_id: action.id,
    deployed: action.deployed?.id === version.id,
    built_at: version.built_at,
    action: { ...base(action), all_changes_deployed: action.allChangesDeployed },
  };
}

function base(action: StoredAction): View {
  return {
    id: action.id,
    name: action.name,
    supported_triggers: action.supported_triggers,
    created_at: action.created_at,
    updated_at: action.updated_at,
  };
}

function deployment(action: StoredAction): View {
  const version = action.deployed;
  if (!version) return {};
  return {
    current_version: {
      id: version.id,
      code: version.code,
      runtime: version.runtime,
      status: "BUILT",
      number: version.number,
      build_time: version.built_at,
      created_at: version.created_at,
      updated_at: version.updated_at,
    },
    deployed_version: { ...versionFields(version), deployed: true, built_at: version.built_at },
  };
}

function versionFields(version: ActionVersion): View {
  return {
    id: version.id,
    number: version.number,
    code: version.code,
    dependencies: version.dependencies,
    runtime: version.runtime,
    status: "built",
    secrets: secretsView(version.secrets),
    created_at: version.created_at,
    updated_at: version.updated_at,
    supported_triggers: version.supported_triggers,
  };
}

function secretsView(secrets: readonly StoredSecret[]): View[] {
  return secrets.map(({ name, updated_at }) => ({ name, updated_at }));
}
