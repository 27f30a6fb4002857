import type { ResourceChange } from "./plan.ts";
import { own, say } from "./safe-text.ts";
import type { Words } from "./safe-text.ts";

/** What a plan does to a resource. */
export type Kind =
  "create" | "update" | "replace" | "destroy" | "forget" | "read" | "none" | "unknown";

const kinds: ReadonlyMap<string, Kind> = new Map(
  Object.entries<Kind>({
    "no-op": "none",
    create: "create",
    read: "read",
    update: "update",
    delete: "destroy",
    "delete,create": "replace",
    "create,delete": "replace",
    forget: "forget",
    "create,forget": "replace",
  }),
);

/** The kind of a combination of actions, as Terraform's JSON writes it. */
export function kindOf(actions: readonly string[]): Kind {
  return kinds.get(actions.join(",")) ?? "unknown";
}

/** What is said of a replacement, after its number of resources. */
export function replacementOrder(actions: readonly string[]): string {
  if (actions.join(",") === "create,delete") return "replaced, the new one first";
  if (actions.join(",") === "create,forget") return "replaced, the old one left in the tenant";
  return "replaced, the old one destroyed first";
}

/** Whether a plan does anything to a resource, if only to its place in the state. */
export function isChange({ change, previous_address, mode }: ResourceChange): boolean {
  if (mode === "data") return false;
  const kind = kindOf(change.actions);
  if (kind === "read") return false;
  return kind !== "none" || previous_address !== undefined || Boolean(change.importing);
}

const reasons: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    replace_because_tainted: "its creation failed before",
    replace_because_cannot_update: "it cannot change in place",
    replace_by_request: "the plan was asked to replace it",
    replace_by_triggers: "what it is triggered by changes",
    delete_because_no_resource_config: "it is no longer declared",
    delete_because_no_module: "its module is no longer declared",
    delete_because_wrong_repetition: "it is declared with another repetition",
    delete_because_count_index: "its number is beyond the count",
    delete_because_each_key: "its key is no longer declared",
    delete_because_no_move_target: "what it moved to is not declared",
    read_because_config_unknown: "what it asks for is known after apply",
    read_because_dependency_pending: "what it depends on changes",
    read_because_check_nested: "a check asks for it",
  }),
);

/** Why Terraform does it, in words; a reason of a later Terraform as it stands. */
export function reasonOf(reason: string): Words {
  const known = reasons.get(reason);
  return known === undefined ? say`${reason}` : own(known);
}
