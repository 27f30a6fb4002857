import { kindOf } from "../kind.ts";
import type { Plan } from "../plan.ts";
import { own, say } from "../safe-text.ts";
import { action } from "./action.ts";
import { bindings } from "./bindings.ts";
import { countries } from "./countries.ts";
import { subjectOf } from "./danger.ts";
import type { Finding, Subject } from "./danger.ts";
import { lost } from "./destroyed.ts";
import { provider } from "./provider.ts";
import { sender } from "./sender.ts";
import { secrets } from "./secrets.ts";
import { template } from "./template.ts";
import { vendors } from "./vendors.ts";

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
];

/** What a resource's change means for the people who wait for a code. */
export function resourceFindings(subject: Subject): Finding[] {
  return readings.flatMap((reading) => reading(subject));
}

/** What was changed in the tenant behind Terraform's back. */
function drift(plan: Plan): Finding[] {
  return plan.resource_drift
    .filter(({ change }) => kindOf(change.actions) !== "none")
    .map(({ address, change }) => ({
      kind: "drift",
      words: say`${address} was ${own(kindOf(change.actions) === "destroy" ? "deleted" : "changed")} outside Terraform.`,
    }));
}

/** What concerns a plan as a whole. */
export function planFindings(plan: Plan): Finding[] {
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
  return [...drift(plan), ...checks, ...incomplete];
}

export { subjectOf };
