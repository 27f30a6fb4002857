import { z } from "zod";
import { withoutNulls } from "./plan-json.ts";
import { UserError } from "../../config/user-error.ts";

const change = z.object({
  actions: z.array(z.string()),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  importing: z.object({ id: z.string().optional() }).nullish(),
});

const resourceChange = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.string().optional(),
  type: z.string(),
  provider_name: z.string().optional(),
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change,
});

const planSchema = z.looseObject({
  format_version: z.string(),
  terraform_version: z.string().optional(),
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  output_changes: z.record(z.string(), change).default({}),
  checks: z
    .array(z.object({ address: z.object({ to_display: z.string() }), status: z.string() }))
    .nullish(),
  complete: z.boolean().default(true),
  errored: z.boolean().default(false),
  variables: z.record(z.string(), z.object({ value: z.unknown().optional() })).default({}),
  configuration: z
    .looseObject({
      root_module: z
        .looseObject({
          variables: z
            .record(z.string(), z.object({ sensitive: z.boolean().optional() }))
            .optional(),
        })
        .optional(),
    })
    .optional(),
});

/** What happens to a value, with the marks that Terraform puts on it. */
export type ValueChange = z.infer<typeof change>;
/** What happens to one resource, as Terraform's plan says it. */
export type ResourceChange = z.infer<typeof resourceChange>;
/** What a review needs of a plan. Terraform's repetitions of the same code are left behind. */
export type Plan = z.infer<typeof planSchema>;

const repetitions = ["planned_values", "prior_state"];

const wanted = "the JSON that `terraform show -json <plan file>` prints";

/** Says in a few words what a text is that is no plan's JSON. */
function guess(text: string): string {
  if (text.trim() === "") return "an empty file";
  if (text.startsWith("PK")) return "a saved plan itself; run `terraform show -json` on it";
  if (text.includes("\u0000")) return "text in UTF-16; write the file in UTF-8";
  if (/^\s*[{[]/.test(text)) {
    if (/^\s*\{"@level"/.test(text))
      return "the log of `terraform plan -json`; save the plan with -out and show that";
    return `JSON that is broken or cut off, ${text.length} characters long`;
  }
  return "something that is not JSON";
}

function parse(text: string, source: string): unknown {
  try {
    // Windows' own tools put a byte order mark first.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The parser's own message would quote the plan, sensitive values and all.
    throw new UserError(`${source}: expected ${wanted}, got: ${guess(text)}`);
  }
}

/** What a JSON document is that has no plan in it, or undefined where it may be one. */
function notAPlan(json: unknown): string | undefined {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return "other JSON";
  if ("format_version" in json && typeof json.format_version === "string") {
    if (!/^1\.\d+$/.test(json.format_version))
      return `format ${json.format_version.slice(0, 20)}; formats 1.x are understood (Terraform 1.0 and later)`;
    const isPlan = "planned_values" in json || "resource_changes" in json;
    return isPlan ? undefined : "a state; show a plan file";
  }
  if ("terraform_version" in json && "lineage" in json) return "a state; show a plan file";
  return "other JSON";
}

/** Far more than Terraform's schemas nest; deeper JSON is not a plan, and would exhaust the stack. */
const deepest = 500;

function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth > deepest || Object.values(value).some((inner) => isTooDeep(inner, depth + 1));
}

/** Lets go of one of two equal texts, since the code of an Action is most of a plan's weight. */
function shareCode({ change: { before, after } }: ResourceChange): void {
  const left = before as { code?: unknown } | null | undefined;
  const right = after as { code?: unknown } | null | undefined;
  if (typeof left?.code === "string" && left.code === right?.code) right.code = left.code;
}

/**
 * Reads a plan.
 *
 * @param text - what `terraform show -json <plan file>` printed
 * @param source - how the text is named in errors, e.g. its file
 * @throws UserError in one line, for anything but a whole plan of a format 1.x that Terraform made
 * without an error
 */
export function readPlan(text: string, source: string): Plan {
  const json = parse(text, source);
  const other = notAPlan(json);
  if (other !== undefined) throw new UserError(`${source}: expected ${wanted}, got: ${other}`);
  const parsed = planSchema.safeParse(withoutNulls(json));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(
      `${source}: expected ${wanted}, got one with an unknown shape at ${issue?.path.join(".") ?? "its top"}`,
    );
  }
  if (parsed.data.errored)
    throw new UserError(
      `${source}: expected a whole plan, got one that Terraform ended with an error; run the plan again and read its output`,
    );
  if (isTooDeep(parsed.data))
    throw new UserError(
      `${source}: expected ${wanted}, got one nested deeper than ${deepest} levels`,
    );
  const plan = { ...parsed.data };
  plan.resource_changes.forEach(shareCode);
  // The state and the planned values repeat what the changes say, code included.
  for (const repeated of repetitions) Reflect.deleteProperty(plan, repeated);
  return plan;
}
