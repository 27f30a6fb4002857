import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../config/environment.ts";
import { makePlan, planJson } from "../terraform/plan.ts";
import type { TerraformOptions } from "../terraform/terraform.ts";

/** What a plan does with one resource. */
export interface PlannedChange {
  readonly address: string;
  /** Terraform's words: `update`, `create`, `delete`, `delete, create`, `no-op`. */
  readonly actions: string;
  readonly imported: boolean;
  /** Attributes that change. */
  readonly attributes: readonly string[];
}

interface Change {
  readonly actions: readonly string[];
  readonly importing?: unknown;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

function changedAttributes({ before, after }: Change): string[] {
  if (!before || !after) return [];
  return Object.keys({ ...before, ...after })
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .sort();
}

/**
 * The plan of an environment with its import blocks; nothing is changed by it.
 *
 * @throws CommandError, e.g. for secrets that are not set
 */
export async function planOf(
  environment: Environment,
  options: TerraformOptions,
): Promise<PlannedChange[]> {
  const scratch = await mkdtemp(join(tmpdir(), "otp-adopt-"));
  try {
    const plan = await makePlan(environment, join(scratch, "plan"), options);
    const { resource_changes: changes = [] } = JSON.parse(await planJson(plan)) as {
      readonly resource_changes?: readonly { readonly address: string; readonly change: Change }[];
    };
    return changes.map(({ address, change }) => ({
      address,
      actions: change.actions.join(", "),
      imported: change.importing !== undefined,
      attributes: changedAttributes(change),
    }));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
