import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { documents, folders } from "./folders.ts";
import { jobEnvironment, script, workflow, WorkflowError } from "./github/workflow.ts";
import { otp } from "./otp.ts";

/** `otp deploy` ends with it for a plan that is not current any more, before anything is applied. */
const staleCode = 3;
/** `otp review --fail-on` ends with it for a danger that was named. */
const dangerCode = 2;

type Target = ReturnType<typeof jobEnvironment>;

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Applies the plan that was reviewed; false where it is not current any more. */
async function applyReviewed({ name, file }: Target, plan: string): Promise<boolean> {
  const { code } = await otp(["deploy", file, "--plan", plan, "--yes"]);
  if (code !== 0 && code !== staleCode) throw new WorkflowError(`${name}: the deployment failed`);
  return code === 0;
}

/**
 * Makes a plan and applies exactly that. Nobody has reviewed it: one that can stop logins is refused
 * unless somebody started the workflow by hand and accepted that.
 */
async function planAndApply({ name, file }: Target, acceptsDangers: boolean): Promise<string> {
  const plan = join(folders.plans, name);
  const planned = await otp(["plan", file, "--out", folders.plans]);
  if (planned.code !== 0) throw new WorkflowError(`${name}: no plan could be made`);
  const failOn = acceptsDangers ? [] : ["--fail-on", "stops-logins"];
  const written = ["--out", documents.short, "--full", documents.full];
  const reviewed = await otp(["review", plan, ...failOn, ...written]);
  const document = await readFile(documents.full, "utf8").catch(() => "");
  if (reviewed.code === dangerCode) {
    await workflow().summary(document);
    throw new WorkflowError(
      `${name}: expected a plan that stops no logins, since nobody has reviewed it, got: the dangers above; ` +
        "nothing was applied. Start this workflow by hand and accept them, or bring the change in a pull request",
    );
  }
  if (reviewed.code !== 0) throw new WorkflowError(`${name}: no review could be written`);
  const { code } = await otp(["deploy", file, "--plan", plan, "--yes"]);
  if (code !== 0) {
    await workflow().summary(document);
    throw new WorkflowError(`${name}: the deployment failed`);
  }
  return document;
}

// Deploys one environment: the plan that was reviewed where it is still current, else a new one.
await script(async () => {
  const { say, summary } = workflow();
  const environment = jobEnvironment(process.env);
  const { name } = environment;
  const reviewed = join(folders.reviewed, environment.name);
  const from = process.env["PULL_REQUEST"] ?? "";
  const hasReviewed = await isThere(reviewed);
  if (hasReviewed && (await applyReviewed(environment, reviewed))) {
    await summary(`**${name}**: exactly what was reviewed in #${from} is deployed.`);
    return;
  }
  const why = hasReviewed
    ? `the plan reviewed in #${from} is not current any more`
    : `there is no reviewed plan: ${process.env["WHY"] ?? "none was looked for"}`;
  say(`${name}: ${why}; planning anew`);
  await summary(`**${name}**: ${why}. Planned anew:\n`);
  await summary(await planAndApply(environment, process.env["ACCEPT_DANGERS"] === "true"));
});
