import { isChange, kindOf } from "./kind.ts";
import { subjectOf } from "./dangers/index.ts";
import { isChangedLane, lanes } from "./routing-diff.ts";
import type { Plan } from "./plan.ts";

/** The channels whose vendors or their order a plan changes: those whose outages want a simulation. */
export function changedRoutes(plan: Plan): ("email" | "phone")[] {
  const channels = plan.resource_changes.filter(isChange).flatMap((change) => {
    const { manifests } = subjectOf(change, kindOf(change.change.actions));
    const { before, after } = manifests;
    return after && lanes(before, after).some(isChangedLane) ? [after.channel] : [];
  });
  return [...new Set(channels)];
}
