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

/** Whether a run ended before a moment; one that was repeated or approved later did not. */
const endedBefore = (run: Item, merged: string) =>
  ["run_started_at", "updated_at"].every((name) => {
    const at = run[name];
    return typeof at === "string" && Date.parse(at) <= Date.parse(merged);
  });

/**
 * Finds the plan that was made in the pull request by which a commit came to main: of the last
 * successful run on the head that was merged, ended before the merge. Only main's present head has
 * one: the job of an older commit would roll back what came after it.
 */
export async function findReviewedPlan(
  github: GitHub,
  { repository, commit, artifact }: Sought,
): Promise<ReviewedPlan> {
  const base = `/repos/${repository}`;
  const main = await github.request("GET", `${base}/git/ref/heads/main`);
  const newest = at(main, "object", "sha");
  if (newest !== commit)
    return {
      why: `this commit is not main's head, which is ${String(newest)}: a newer job deploys it`,
    };
  const pulls = await github.all(`${base}/commits/${commit}/pulls`);
  const pull = pulls.find(
    (one) =>
      one["merge_commit_sha"] === commit &&
      typeof one["merged_at"] === "string" &&
      at(one, "base", "ref") === "main",
  );
  const pullRequest = pull?.["number"];
  if (typeof pullRequest !== "number")
    return { why: "no pull request was merged into main as this commit" };
  const head = at(pull, "head", "sha");
  const sharing = await github.all(`${base}/commits/${String(head)}/pulls`);
  const other = sharing.find(
    (one) => one["number"] !== pullRequest && at(one, "head", "sha") === head,
  );
  if (other)
    return {
      why: `pull request #${String(other["number"])} has the same head as #${String(pullRequest)}, so that their plans cannot be told apart`,
    };
  const runs = await github.all(
    `${base}/actions/workflows/plan.yml/runs?event=pull_request&head_sha=${String(head)}`,
    "workflow_runs",
  );
  const ours = runs.filter((one) => isOurs(one, repository, head));
  const merged = String(pull?.["merged_at"]);
  const run = ours
    .filter((one) => endedBefore(one, merged))
    .map(({ id }) => id)
    .filter((id) => typeof id === "number")
    .sort((a, b) => b - a)[0];
  if (run === undefined)
    return {
      why:
        ours.length > 0
          ? `the plan of pull request #${String(pullRequest)} was made, repeated or approved after the merge`
          : `pull request #${String(pullRequest)} has no successful run of plan.yml on its last commit`,
    };
  const artifacts = await github.all(`${base}/actions/runs/${run}/artifacts`, "artifacts");
  const isThere = artifacts.some((one) => one["name"] === artifact && one["expired"] === false);
  return isThere
    ? { run, pullRequest }
    : { why: `the plan of pull request #${String(pullRequest)} has expired or was never uploaded` };
}
