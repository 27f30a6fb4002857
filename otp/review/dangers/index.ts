import { kindOf } from "../kind.ts";
import { attributes } from "../attributes.ts";
import { isUnsetText } from "../empty.ts";
import type { Plan, ResourceChange } from "../plan.ts";
import { own, say } from "../safe-text.ts";
import { action } from "./action.ts";
import { changedAttributes } from "./attributes.ts";
import { bindings } from "./bindings.ts";
import { code, hidden, keys } from "./code.ts";
import { countries } from "./countries.ts";
import { subjectOf } from "./danger.ts";
import type { Finding, Subject } from "./danger.ts";
import { lost } from "./destroyed.ts";
import { foreign } from "./foreign.ts";
import { provider } from "./provider.ts";
import { sender } from "./sender.ts";
import { secrets } from "./secrets.ts";
import { template } from "./template.ts";
import { vendors } from "./vendors.ts";
import { wholePlan } from "./whole-plan.ts";

export { dangerKinds } from "./danger.ts";
export type { DangerKind, Finding, Subject } from "./danger.ts";
export { secretChanges } from "./secrets.ts";
export type { SecretChanges } from "./secrets.ts";
export { sizeLimit } from "./action.ts";

const readings: readonly ((subject: Subject) => Finding[])[] = [
  lost,
  provider,
  sender,
  bindings,
  template,
  vendors,
  countries,
  secrets,
  action,
  code,
  keys,
  hidden,
  changedAttributes,
  foreign,
];

/** What a resource's change means for the people who wait for a code. */
export function resourceFindings(subject: Subject): Finding[] {
  return readings.flatMap((reading) => reading(subject));
}

/**
 * Whether something was changed outside Terraform. The provider's older SDK writes empty values into
 * the state where nothing was set; Terraform's own output does not show that either.
 */
export function isRealDrift({ change }: ResourceChange): boolean {
  const kind = kindOf(change.actions);
  if (kind === "none") return false;
  return (
    kind !== "update" ||
    attributes(change).some(({ before, after }) => !isUnsetText(before) || !isUnsetText(after))
  );
}

/** What was changed in the tenant behind Terraform's back. */
function drift(plan: Plan): Finding[] {
  return plan.resource_drift.filter(isRealDrift).map(({ address, change }) => ({
    kind: "drift",
    words: say`${address} was ${own(kindOf(change.actions) === "destroy" ? "deleted" : "changed")} outside Terraform.`,
  }));
}

/**
 * What concerns a plan as a whole.
 *
 * @param domain - the tenant that the plan's bundles declare; default: not known
 */
export function planFindings(plan: Plan, domain?: string): Finding[] {
  const checks = (plan.checks ?? [])
    .filter(({ status }) => status === "fail" || status === "error")
    .map(({ address }): Finding => ({
      kind: "check",
      words: say`The check ${address.to_display} does not pass.`,
    }));
  const incomplete: Finding[] = plan.complete
    ? []
    : [
        {
          kind: "incomplete",
          words: own("Terraform put off a part of the changes: another plan must follow this one."),
        },
      ];
  return [...drift(plan), ...checks, ...incomplete, ...wholePlan(plan, domain)];
}

export { subjectOf };
