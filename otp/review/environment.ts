import { attributes } from "./attributes.ts";
import type { Attribute } from "./attributes.ts";
import type { CodeDiff, Differ } from "./code.ts";
import { isRealDrift, planFindings, resourceFindings, subjectOf } from "./dangers/index.ts";
import type { Finding, Subject } from "./dangers/index.ts";
import type { PlanCheck } from "./check.ts";
import { maskKeys } from "../text/keys.ts";
import { isChange, kindOf } from "./kind.ts";
import { readManifest } from "./manifest.ts";
import type { Plan, ResourceChange } from "./plan.ts";
import { codeOf, isMarked } from "./resource.ts";
import { joinedSettings, settingChanges, settingFindings } from "./settings.ts";
import type { SettingChange } from "./settings.ts";

/** The plan of one environment. */
export interface NamedPlan {
  readonly environment: string;
  readonly plan: Plan;
  /** Markdown of the simulation of outages, of this project's own making. Default: none. */
  readonly simulation?: string;
  /** What a comparison with a fresh build found; default: none was made. */
  readonly check?: PlanCheck;
  /** Whether the name is what `otp plan` noted, not a folder's or a file's. Default: false. */
  readonly isNoted?: boolean;
}

/** How the code of an Action changes, and what it weighs in bytes of UTF-8. */
export interface CodeChange extends CodeDiff {
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** One resource with all that is said of it. */
export interface ReviewedResource {
  readonly subject: Subject;
  readonly attributes: readonly Attribute[];
  readonly code?: CodeChange;
}

/** What is read from the plan of one environment, before any of it is written. */
export interface ReviewedEnvironment {
  readonly name: string;
  readonly resources: readonly ReviewedResource[];
  readonly drift: readonly ReviewedResource[];
  /** Settings of the environment's file that change. */
  readonly settings: readonly SettingChange[];
  readonly outputs: readonly { readonly name: string; readonly attributes: readonly Attribute[] }[];
  readonly findings: readonly Finding[];
  readonly simulation?: string;
  readonly changed: boolean;
}

function codeChange(change: ResourceChange, differ: Differ): CodeChange | undefined {
  const isHidden =
    isMarked(change.change.before_sensitive, "code") ||
    isMarked(change.change.after_sensitive, "code") ||
    isMarked(change.change.after_unknown, "code");
  if (isHidden) return undefined;
  const [before, after] = [codeOf(change, "before") ?? "", codeOf(change, "after") ?? ""];
  if (before === after) return undefined;
  const masked = (code: string) => maskKeys(code, readManifest(code) !== undefined).code;
  return {
    ...differ(masked(before), masked(after)),
    bytesBefore: Buffer.byteLength(before),
    bytesAfter: Buffer.byteLength(after),
  };
}

function reviewed(change: ResourceChange, differ: Differ): ReviewedResource {
  const code = codeChange(change, differ);
  return {
    subject: subjectOf(change, kindOf(change.change.actions)),
    // Code is shown as a diff, unless it may not be shown or is not known yet.
    attributes: attributes(change.change, code ? ["code"] : []),
    ...(code && { code }),
  };
}

/** What the bundles of a plan declare before and after, unchanged Actions included. */
function declaredSettings({ resource_changes }: Plan) {
  const side = (name: "before" | "after") =>
    joinedSettings(resource_changes.map((change) => readManifest(codeOf(change, name))));
  return { before: side("before"), after: side("after") };
}

/** Reads a plan into what a reviewer must know. */
export function readEnvironment(named: NamedPlan, differ: Differ): ReviewedEnvironment {
  const { environment: name, plan, simulation } = named;
  const resources = plan.resource_changes
    .filter((change) => isChange(change) || kindOf(change.change.actions) === "read")
    .map((change) => reviewed(change, differ));
  const drift = plan.resource_drift.filter(isRealDrift).map((change) => reviewed(change, differ));
  const outputs = Object.entries(plan.output_changes)
    .filter(([, { actions }]) => kindOf(actions) !== "none")
    .map(([output, change]) => ({ name: output, attributes: attributes(change) }));
  const { before, after } = declaredSettings(plan);
  const settings = settingChanges(before, after);
  const domain = after?.["domain"];
  const findings = [
    ...resources.flatMap(({ subject }) => resourceFindings(subject)),
    // A first deployment has nothing to compare with: the table shows what is declared.
    ...(before && after ? settingFindings(settings) : []),
    ...planFindings(plan, typeof domain === "string" ? domain : undefined),
    ...(named.check ?? []),
  ];
  return {
    name,
    resources,
    drift,
    outputs,
    settings,
    findings,
    ...(simulation !== undefined && { simulation }),
    changed:
      resources.some(({ subject }) => isChange(subject.change)) ||
      drift.length + outputs.length + findings.length > 0,
  };
}
