import { readFile } from "node:fs/promises";
import { documents } from "./folders.ts";
import { stick } from "./github/sticky-comment.ts";
import { needed, neededNumber, script, workflow } from "./github/workflow.ts";
import { planMarker } from "./markers.ts";

// Keeps the comment of one environment on a pull request. Runs without installed packages, since
// its token may write.
await script(async () => {
  const { github, repository, runUrl, say } = workflow();
  const environment = needed(process.env, "ENVIRONMENT");
  const document = await readFile(documents.short, "utf8").catch(() => undefined);
  const failed = `**${environment}**: no plan could be made; [the run](${runUrl}) says why.`;
  const author = process.env["COMMENT_AUTHOR"];
  const outcome = await stick(github, {
    repository,
    pullRequest: neededNumber(process.env, "PULL_REQUEST"),
    marker: planMarker(environment),
    body: document === "" ? undefined : (document ?? failed),
    ...(author !== undefined && author !== "" && { author }),
  });
  say(`${environment}: comment ${outcome}`);
});
