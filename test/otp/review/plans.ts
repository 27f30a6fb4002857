import { readPlan, review } from "../../../otp/review/index.ts";
import type { Plan, Review, ReviewOptions } from "../../../otp/review/index.ts";

/** A resource's change as `terraform show -json` writes it; what is left out is as in a real one. */
export interface ChangeInput {
  readonly address?: string;
  readonly type?: string;
  readonly actions?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly unknown?: unknown;
  readonly beforeSensitive?: unknown;
  readonly afterSensitive?: unknown;
  /** Further properties of the resource's change. */
  readonly more?: object;
  /** Further properties of the change in it. */
  readonly moreChange?: object;
}

/** Further properties of a plan. */
export type PlanInput = Readonly<Record<string, unknown>>;

function change(input: ChangeInput): object {
  const { address = "auth0_action.email", actions = ["update"] } = input;
  return {
    address,
    mode: "managed",
    type: input.type ?? address.split(".")[0],
    name: "email",
    provider_name: "registry.terraform.io/auth0/auth0",
    ...input.more,
    change: {
      actions,
      before: input.before ?? null,
      after: input.after ?? null,
      after_unknown: input.unknown ?? {},
      before_sensitive: input.beforeSensitive ?? {},
      after_sensitive: input.afterSensitive ?? {},
      ...input.moreChange,
    },
  };
}

/** The JSON of a plan with these changes of resources. */
export function planJson(changes: readonly ChangeInput[], more: PlanInput = {}): string {
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {},
    resource_changes: changes.map(change),
    ...more,
  });
}

/** The drift of a plan with these changes made outside Terraform. */
export const driftOf = (changes: readonly ChangeInput[]) => ({
  resource_drift: changes.map(change),
});

/** A plan with these changes of resources, read. */
export function planOf(changes: readonly ChangeInput[], more: PlanInput = {}): Plan {
  return readPlan(planJson(changes, more), "plan.json");
}

/** The review of one plan of an environment named `production`. */
export function reviewOf(
  changes: readonly ChangeInput[],
  options: ReviewOptions = {},
  more: PlanInput = {},
): Review {
  return review([{ environment: "production", plan: planOf(changes, more) }], options);
}

/** What a bundle says of itself. */
export interface ManifestInput {
  readonly vendors?: readonly string[];
  readonly routes?: readonly object[];
  readonly secrets?: readonly string[];
  readonly countries?: object;
  readonly from?: string;
}

/** A bundle as the build writes it, with its manifest. */
export function bundle(manifest: ManifestInput, body = "exports.handler = () => {};"): string {
  const line = JSON.stringify({
    environment: "production",
    channel: "phone",
    vendors: ["twilio/text"],
    ...manifest,
  });
  return `// Made by the build.\n// otp-delivery: ${line}\n${body}\n`;
}

/** The values of an Action, deployed, with this code. */
export const actionValues = (code: string, more: object = {}) => ({
  name: "custom-phone",
  code,
  deploy: true,
  runtime: "node22",
  ...more,
});

/** The change of the phone Action from one bundle to another. */
export function rebundled(before: ManifestInput, after: ManifestInput): ChangeInput {
  return {
    address: "auth0_action.phone",
    before: actionValues(bundle(before)),
    after: actionValues(bundle(after)),
  };
}
