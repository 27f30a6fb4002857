import type { GitHub, Item } from "./api.ts";
import { isItem } from "./api.ts";

export interface Sought {
  /** `owner/name`. */
  readonly repository: string;
  /** The commit that is deployed. */
  readonly commit: string;
  /** Name of the artifact that holds the plan. */
  readonly artifact: string;
}

/** Where a reviewed plan is, or why there is none. */
export type ReviewedPlan =
  | { readonly run: number; readonly pullRequest: number }
  | { readonly run?: undefined; readonly why: string };

const planWorkflow = ".github/workflows/plan.yml";

/** A property at a path of names. */
function at(item: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((value, name) => (isItem(value) ? value[name] : undefined), item);
}

/**
 * Whether a run made plans that reviewers saw. Artifacts can be uploaded by any run, those of forks
 * too, under any name: only the plan workflow's own run counts, on the head that was merged.
 */
const isOurs = (run: Item, repository: string, head: unknown) =>
  run["path"] === planWorkflow &&
  run["event"] === "pull_request" &&
  run["conclusion"] === "success" &&
  run["head_sha"] === head &&
  at(run, "head_repository", "full_name") === repository;

/**
 * Finds the plan that was made in the pull request by which a commit came to its branch: of the last
 * successful run on the head that was merged.
 */
export async function findReviewedPlan(
  github: GitHub,
  { repository, commit, artifact }: Sought,
): Promise<ReviewedPlan> {
  const base = `/repos/${repository}`;
  const pulls = await github.all(`${base}/commits/${commit}/pulls`);
  const pull = pulls.find(
    (one) => one["merge_commit_sha"] === commit && typeof one["merged_at"] === "string",
  );
  const pullRequest = pull?.["number"];
  if (typeof pullRequest !== "number") return { why: "no pull request was merged as this commit" };
  const head = at(pull, "head", "sha");
  const runs = await github.all(
    `${base}/actions/workflows/plan.yml/runs?event=pull_request&head_sha=${String(head)}`,
    "workflow_runs",
  );
  const run = runs
    .filter((one) => isOurs(one, repository, head))
    .map(({ id }) => id)
    .filter((id) => typeof id === "number")
    .sort((a, b) => b - a)[0];
  if (run === undefined)
    return {
      why: `pull request #${pullRequest} has no successful run of plan.yml on its last commit`,
    };
  const artifacts = await github.all(`${base}/actions/runs/${run}/artifacts`, "artifacts");
  const isThere = artifacts.some((one) => one["name"] === artifact && one["expired"] === false);
  return isThere
    ? { run, pullRequest }
    : { why: `the plan of pull request #${pullRequest} has expired or was never uploaded` };
}
