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

/** What a reviewed plan says of itself. */
async function factsOf(plan: string): Promise<{ readonly digest: string }> {
  const text = await readFile(join(plan, "plan.meta.json"), "utf8").catch(() => "{}");
  const { digest } = JSON.parse(text) as { readonly digest?: unknown };
  // Of a file from outside, only what a digest can be is shown.
  return {
    digest: typeof digest === "string" && /^[0-9a-f]{64}$/.test(digest) ? digest : "unknown",
  };
}

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

// Deploys one environment: what was reviewed, or, started by hand, a plan made now. Nothing that
// nobody reviewed is ever applied by itself.
await script(async () => {
  const { say, summary } = workflow();
  const environment = jobEnvironment(process.env);
  const { name } = environment;
  const reviewed = join(folders.reviewed, environment.name);
  const from = process.env["PULL_REQUEST"] ?? "";
  if (await isThere(reviewed)) {
    const { digest } = await factsOf(reviewed);
    if (await applyReviewed(environment, reviewed)) {
      await summary(
        `**${name}**: exactly what was reviewed in #${from} is deployed, the plan \`${digest}\`.`,
      );
      return;
    }
    await summary(
      `**${name}**: nothing was deployed. What Terraform would do now is not what was reviewed in #${from}; the log says what differs. Bring the change in a new pull request.`,
    );
    throw new WorkflowError(
      `${name}: the plan reviewed in #${from} is not current any more; nothing was applied. Have a new plan reviewed in a pull request`,
    );
  }
  const why = process.env["WHY"] ?? "none was looked for";
  if (process.env["BY_HAND"] !== "true") {
    await summary(`**${name}**: nothing was deployed, since there is no reviewed plan: ${why}.`);
    throw new WorkflowError(
      `${name}: there is no reviewed plan: ${why}. Nothing was applied. Bring the change in a pull request, or start this workflow by hand`,
    );
  }
  say(`${name}: started by hand, this plans main's head and applies that plan without a review`);
  await summary(`**${name}**: started by hand, planned and applied without a review (${why}):\n`);
  await summary(await planAndApply(environment, process.env["ACCEPT_DANGERS"] === "true"));
});
