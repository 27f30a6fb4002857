/** A trigger that an Action is made for, e.g. `custom-email-provider` `v1`. */
export interface Trigger {
  readonly id: string;
  readonly version?: string | undefined;
}

export interface Dependency {
  readonly name: string;
  readonly version: string;
}

export interface StoredSecret {
  readonly name: string;
  readonly value: string;
  readonly updated_at: string;
}

/** What a deploy froze; its secrets and code are what runs. */
export interface ActionVersion {
  readonly id: string;
  readonly number: number;
  readonly code: string;
  readonly dependencies: readonly Dependency[];
  readonly runtime: string;
  readonly secrets: readonly StoredSecret[];
  readonly supported_triggers: readonly Trigger[];
  readonly created_at: string;
  readonly updated_at: string;
  readonly built_at: string;
}

/** An Action as the tenant keeps it. Changed in place, like the draft in Auth0's editor. */
export interface StoredAction {
  readonly id: string;
  name: string;
  supported_triggers: readonly Trigger[];
  code: string;
  dependencies: readonly Dependency[];
  runtime: string;
  secrets: readonly StoredSecret[];
  readonly created_at: string;
  updated_at: string;
  /** When the present build began, by `performance.now()`. */
  buildStarted: number;
  readonly versions: ActionVersion[];
  deployed: ActionVersion | undefined;
  allChangesDeployed: boolean;
}

/** Names of the functions that Auth0 calls, by trigger. */
export const handlers: Readonly<Record<string, string>> = {
  "custom-email-provider": "onExecuteCustomEmailProvider",
  "custom-phone-provider": "onExecuteCustomPhoneProvider",
  "post-login": "onExecutePostLogin",
  "credentials-exchange": "onExecuteCredentialsExchange",
  "pre-user-registration": "onExecutePreUserRegistration",
  "post-user-registration": "onExecutePostUserRegistration",
  "post-change-password": "onExecutePostChangePassword",
  "send-phone-message": "onExecuteSendPhoneMessage",
  "password-reset-post-challenge": "onExecutePostChallenge",
};

/** The two triggers whose Actions deliver messages; a tenant has one Action at most for each. */
export const customTriggers = ["custom-email-provider", "custom-phone-provider"] as const;
export type CustomTrigger = (typeof customTriggers)[number];

/** The Action of a trigger that would run now: bound and deployed. */
export function runnable(
  trigger: CustomTrigger,
  actions: ReadonlyMap<string, StoredAction>,
  bindings: ReadonlyMap<string, readonly { readonly actionId: string }[]>,
): { action: StoredAction; version: ActionVersion } | undefined {
  for (const binding of bindings.get(trigger) ?? []) {
    const action = actions.get(binding.actionId);
    if (action?.deployed) return { action, version: action.deployed };
  }
  return undefined;
}

/** Whether a trigger has a deployed Action, bound or not, as a custom provider demands. */
export function hasDeployed(
  trigger: CustomTrigger,
  actions: ReadonlyMap<string, StoredAction>,
): boolean {
  return [...actions.values()].some(
    (action) =>
      action.deployed !== undefined &&
      action.supported_triggers.some((supported) => supported.id === trigger),
  );
}
