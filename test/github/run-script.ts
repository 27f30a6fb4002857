import { readFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../otp/terraform/run.ts";
import type { RunResult } from "../../otp/terraform/run.ts";
import { project } from "../../otp/terraform/child-env.ts";
import type { GitHubStandIn } from "./github.ts";

/** A job of a workflow on this machine: its folder, and what GitHub would tell it. */
export interface JobFolder {
  /** Where the job's files lie; a script that takes the checkout for it runs there. */
  readonly folder: string;
  /** Runs `node .github/scripts/<name>.ts` as a workflow's step does, bounded. */
  run(name: string, variables?: NodeJS.ProcessEnv): Promise<RunResult>;
  /** What the steps so far put onto the run's page. */
  summary(): Promise<string>;
  /** What the steps so far handed to later ones. */
  outputs(): Promise<Readonly<Record<string, string>>>;
  remove(): Promise<void>;
}

/** Variables that a workflow's step has, beside those of the machine. */
export async function jobFolder(github?: GitHubStandIn): Promise<JobFolder> {
  const folder = await mkdtemp(join(tmpdir(), "otp-job-"));
  const [summaryFile, outputFile] = [join(folder, "summary.md"), join(folder, "output.txt")];
  const text = (file: string) => readFile(file, "utf8").catch(() => "");
  return {
    folder,
    run: (name, variables = {}) =>
      run(process.execPath, [join(project, ".github", "scripts", `${name}.ts`)], {
        folder,
        limitMs: 120_000,
        environment: {
          ...process.env,
          GITHUB_API_URL: github?.url,
          GITHUB_SERVER_URL: "https://github.example",
          GITHUB_REPOSITORY: "team/otp",
          GITHUB_RUN_ID: "42",
          GITHUB_SHA: "merged",
          GITHUB_STEP_SUMMARY: summaryFile,
          GITHUB_OUTPUT: outputFile,
          GITHUB_ACTIONS: undefined,
          GH_TOKEN: "canary-token",
          ...variables,
        },
      }),
    summary: () => text(summaryFile),
    outputs: async () =>
      Object.fromEntries(
        (await text(outputFile))
          .split("\n")
          .filter(Boolean)
          .map((line) => [line.replace(/=.*$/, ""), line.replace(/^[^=]*=/, "")]),
      ),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
