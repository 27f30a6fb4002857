import { findReviewedPlan } from "./github/reviewed-plan.ts";
import { needed, script, workflow } from "./github/workflow.ts";

// Finds the plan that was reviewed before this commit was merged, for later steps to take.
await script(async () => {
  const { github, repository, output, say } = workflow();
  const environment = needed(process.env, "ENVIRONMENT");
  const found = await findReviewedPlan(github, {
    repository,
    commit: needed(process.env, "GITHUB_SHA"),
    artifact: `plan-${environment}`,
  });
  if (found.run === undefined) {
    say(`${environment}: no reviewed plan, since ${found.why}`);
    await output("why", found.why);
    return;
  }
  say(`${environment}: the plan of pull request #${found.pullRequest}, of run ${found.run}`);
  await output("run", String(found.run));
  await output("pull-request", String(found.pullRequest));
});
