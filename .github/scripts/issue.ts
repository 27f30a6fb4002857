import { readFile } from "node:fs/promises";
import { documents } from "./folders.ts";
import { keepIssue } from "./github/drift-issue.ts";
import { needed, script, workflow, WorkflowError } from "./github/workflow.ts";
import { driftMarker } from "./markers.ts";

// Keeps the issue of one environment's drift. Runs without installed packages, since its token may
// write.
await script(async () => {
  const { github, repository, runUrl, say } = workflow();
  const environment = needed(process.env, "ENVIRONMENT");
  const document = await readFile(documents.drift, "utf8").catch(() => {
    throw new WorkflowError(
      `${environment}: expected a document on drift, got none; the issue stays as it is`,
    );
  });
  const author = process.env["COMMENT_AUTHOR"];
  const outcome = await keepIssue(github, {
    repository,
    marker: driftMarker(environment),
    title: `${environment} is not what is declared`,
    body: document === "" ? undefined : document,
    farewell: `No drift any more: [the run](${runUrl}) that looked.`,
    ...(author !== undefined && author !== "" && { author }),
  });
  say(`${environment}: issue ${outcome === "deleted" ? "closed" : outcome}`);
});
