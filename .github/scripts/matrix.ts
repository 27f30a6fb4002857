import { needed, script, workflow, WorkflowError } from "./github/workflow.ts";
import { otp } from "./otp.ts";

/** What `otp environments --json` says of one, as far as it is needed. */
interface Listed {
  readonly name: string;
  readonly file: string;
  readonly backend: string;
}

const howTo =
  "No environment is deployed by workflows yet: set the repository's variable " +
  "`DEPLOYED_ENVIRONMENTS`, e.g. to `staging production`. docs/workflows.md says what else they need.";

// Names the environments that workflows plan, deploy and watch, in their order of promotion.
await script(async () => {
  const { output, summary, say } = workflow();
  const names = (process.env["DEPLOYED_ENVIRONMENTS"] ?? "").split(/[\s,]+/).filter(Boolean);
  if (names.length === 0) {
    say(howTo);
    await summary(howTo);
    await output("environments", "[]");
    return;
  }
  const { code, stdout } = await otp(["environments", ...names, "--json"]);
  if (code !== 0)
    throw new WorkflowError(
      `expected DEPLOYED_ENVIRONMENTS to name environments, got: ${needed(process.env, "DEPLOYED_ENVIRONMENTS")}; ` +
        "`npx otp environments` lists them",
    );
  const environments = JSON.parse(stdout) as readonly Listed[];
  const local = environments.find(({ backend }) => backend === "local");
  if (local)
    throw new WorkflowError(
      `${local.name}: expected a shared backend, got: "local", whose state would be gone with the job's machine; ` +
        "name s3, gcs, azurerm, pg or cloud in its file",
    );
  await output(
    "environments",
    JSON.stringify(environments.map(({ name, file }) => ({ environment: name, file }))),
  );
});
