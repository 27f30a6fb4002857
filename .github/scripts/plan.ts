import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { documents, folders } from "./folders.ts";
import { jobEnvironment, script, workflow, WorkflowError } from "./github/workflow.ts";
import { planMarker } from "./markers.ts";
import { otp } from "./otp.ts";

// Plans one environment and writes the documents on the plan, for the comment and the run's page.
await script(async () => {
  const { runUrl, summary } = workflow();
  const { name: environment, file } = jobEnvironment(process.env);
  // Not set, all of them are simulated where vendors or their order change: a minute or two.
  const scenarios = process.env["SIMULATED_SCENARIOS"] ?? "";
  const planned = await otp(["plan", file, "--out", folders.plans]);
  if (planned.code !== 0) throw new WorkflowError(`${environment}: no plan could be made`);
  const reviewed = await otp([
    "review",
    join(folders.plans, environment),
    "--only-changes",
    ...["--simulate", file],
    ...(scenarios === "" ? [] : ["--scenarios", scenarios]),
    ...["--marker", planMarker(environment)],
    ...["--link", runUrl],
    ...["--out", documents.short],
    ...["--full", documents.full],
  ]);
  if (reviewed.code !== 0) throw new WorkflowError(`${environment}: no review could be written`);
  const document = await readFile(documents.full, "utf8");
  await summary(document === "" ? `${environment}: no changes` : document);
});
