import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { documents, folders } from "./folders.ts";
import { needed, script, workflow, WorkflowError } from "./github/workflow.ts";
import { planMarker } from "./markers.ts";
import { otp } from "./otp.ts";

// Plans one environment and writes the documents on the plan, for the comment and the run's page.
await script(async () => {
  const { runUrl, summary } = workflow();
  const environment = needed(process.env, "ENVIRONMENT");
  const planned = await otp(["plan", environment, "--out", folders.plans]);
  if (planned.code !== 0) throw new WorkflowError(`${environment}: no plan could be made`);
  const reviewed = await otp([
    "review",
    join(folders.plans, environment),
    "--rehearse",
    "--only-changes",
    ...["--marker", planMarker(environment)],
    ...["--link", runUrl],
    ...["--out", documents.short],
    ...["--full", documents.full],
  ]);
  if (reviewed.code !== 0) throw new WorkflowError(`${environment}: no review could be written`);
  const document = await readFile(documents.full, "utf8");
  await summary(document === "" ? `${environment}: no changes` : document);
});
