import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { project } from "../../otp/terraform/child-env.ts";

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly steps: readonly Step[];
  readonly env?: object;
  readonly "timeout-minutes"?: number;
  readonly if?: string;
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
  readonly env?: object;
}

const folder = join(project, ".github");
const workflowsFolder = join(folder, "workflows");
const read = (...path: string[]) => readFileSync(join(folder, ...path), "utf8");

/** Texts of all workflows and of the action that they share, by file. */
export const texts: ReadonlyMap<string, string> = new Map([
  ...readdirSync(workflowsFolder).map((file) => [file, read("workflows", file)] as const),
  ["action.yml", read("actions", "prepare", "action.yml")] as const,
]);

export const workflows: ReadonlyMap<string, Workflow> = new Map(
  [...texts].flatMap(([file, text]) =>
    file === "action.yml" ? [] : [[file, parse(text) as Workflow] as const],
  ),
);

export interface PlacedJob {
  readonly file: string;
  readonly name: string;
  readonly job: Job;
}

export const jobs: readonly PlacedJob[] = [...workflows].flatMap(([file, workflow]) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ file, name, job })),
);

const action = parse(texts.get("action.yml") ?? "") as { runs: { steps: Step[] } };

export const steps: readonly { readonly place: string; readonly step: Step }[] = [
  ...jobs.flatMap(({ file, name, job }) =>
    job.steps.map((step, index) => ({ place: `${file} ${name} ${index + 1}`, step })),
  ),
  ...action.runs.steps.map((step, index) => ({ place: `action.yml ${index + 1}`, step })),
];

/** One workflow; fails where it is not there. */
export function workflow(file: string): Workflow {
  const found = workflows.get(file);
  if (!found) throw new Error(`expected .github/workflows/${file} to exist`);
  return found;
}

/** One job of a workflow; fails where it is not there. */
export function job(file: string, name: string): Job {
  const found = workflow(file).jobs[name];
  if (!found) throw new Error(`expected ${file} to have the job ${name}`);
  return found;
}
