import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { documents } from "../../.github/scripts/folders.ts";
import { GitHubStandIn } from "./github.ts";
import { jobFolder } from "./run-script.ts";
import type { JobFolder } from "./run-script.ts";

let github: GitHubStandIn;
let job: JobFolder;
beforeEach(async () => {
  github = new GitHubStandIn();
  await github.start();
  job = await jobFolder(github);
});
afterEach(async () => {
  await job.remove();
  await github.stop();
});

async function leave(document: string, text: string): Promise<void> {
  const file = join(job.folder, document);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
const environment = { ENVIRONMENT: "production" };
const pull = { ...environment, PULL_REQUEST: "7" };
const bodies = () => github.comments.map(({ body }) => body);

describe(".github/scripts/comment.ts", () => {
  it("says what the review says, updates it, and goes when there is nothing to say", async () => {
    await leave(documents.short, "<!-- otp-plan: production -->\n1 secret rotates\n");
    expect((await job.run("comment", pull)).stdout).toContain("production: comment created");
    await leave(documents.short, "<!-- otp-plan: production -->\n2 secrets rotate\n");
    await job.run("comment", pull);
    expect(bodies()).toEqual(["<!-- otp-plan: production -->\n2 secrets rotate\n"]);
    await leave(documents.short, "");
    await job.run("comment", pull);
    expect(bodies()).toEqual([]);
  });

  it("says that no plan could be made, in place of an older one, where there is no review", async () => {
    github.comment("<!-- otp-plan: production -->\nold plan");
    expect((await job.run("comment", pull)).code).toBe(0);
    expect(bodies()).toEqual([
      "<!-- otp-plan: production -->\n**production**: no plan could be made; " +
        "[the run](https://github.example/team/otp/actions/runs/42) says why.",
    ]);
  });

  it("waits for a limited rate, and says so", async () => {
    github.faults.push({ status: 429, headers: { "retry-after": "1" } });
    await leave(documents.short, "plan");
    const { stdout, code } = await job.run("comment", pull);
    expect(code).toBe(0);
    expect(stdout).toContain("GitHub limits the rate, asking again in 1 s");
  });

  it.each([
    ["PULL_REQUEST", "7; rm -rf", "expected PULL_REQUEST to be a number, got something else"],
    ["ENVIRONMENT", "", "expected ENVIRONMENT to be set, got nothing"],
    ["GH_TOKEN", "", "expected GH_TOKEN to be set, got nothing"],
    ["GITHUB_API_URL", "nowhere", "expected the address of GitHub's API in GITHUB_API_URL"],
  ])("fails in one line for %s of '%s'", async (name, value, line) => {
    const { stdout, code } = await job.run("comment", { ...pull, [name]: value });
    expect(code).toBe(1);
    expect(stdout.trim()).toContain(line);
    expect(stdout.trim().split("\n")).toHaveLength(1);
    expect(github.asked).toEqual([]);
  });

  it("names a missing permission, and keeps the token out of what it prints", async () => {
    await leave(documents.short, "plan");
    github.faults.push({
      method: "POST",
      status: 403,
      body: '{"message":"Resource not accessible by integration"}',
    });
    const { stdout, stderr, code } = await job.run("comment", { ...pull, GITHUB_ACTIONS: "true" });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error::POST .* got: 403 Resource not accessible by integration$/m);
    expect(stdout + stderr).not.toContain("canary-token");
  });
});

describe(".github/scripts/issue.ts", () => {
  it("opens an issue for drift, and closes it with the run that found none", async () => {
    await leave(documents.drift, "<!-- otp-drift: production -->\na sender was edited\n");
    await job.run("issue", environment);
    expect(github.issues).toMatchObject([
      { title: "production is not what is declared", state: "open" },
    ]);
    await leave(documents.drift, "");
    expect((await job.run("issue", environment)).stdout).toContain("production: issue closed");
    expect(github.issues).toMatchObject([{ state: "closed" }]);
    expect(bodies()[0]).toContain("https://github.example/team/otp/actions/runs/42");
  });

  it("leaves the issue as it is where nobody could look", async () => {
    github.issue("<!-- otp-drift: production -->\nold");
    expect((await job.run("issue", environment)).code).toBe(1);
    expect(github.issues).toMatchObject([{ state: "open" }]);
  });
});

describe(".github/scripts/no-plan.ts", () => {
  it("says on the run's page and in the log why there is no plan", async () => {
    const { stdout, code } = await job.run("no-plan");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^::notice title=No plan::.*comes from a fork/);
    expect(await job.summary()).toContain("no plan was made");
  });
});

describe(".github/scripts/matrix.ts", () => {
  it("names no environment, and says how to, where none are deployed by workflows", async () => {
    expect((await job.run("matrix", { DEPLOYED_ENVIRONMENTS: "" })).code).toBe(0);
    expect(await job.outputs()).toEqual({ environments: "[]" });
    expect(await job.summary()).toContain("DEPLOYED_ENVIRONMENTS");
  });

  it.each([
    ["nowhere", 'got: "nowhere"'],
    ["staging", 'staging: expected a shared backend, got: "local"'],
  ])("refuses %s", async (names, line) => {
    const { stdout, code } = await job.run("matrix", { DEPLOYED_ENVIRONMENTS: names });
    expect(code).toBe(1);
    expect(stdout).toContain(line);
    expect(await job.outputs()).toEqual({});
  });

  it("lists environments with a shared state in their order of promotion", async () => {
    const write = async (name: string, more: string) => {
      const file = join(job.folder, `${name}.ts`);
      await writeFile(
        file,
        `export default { name: "${name}", domain: "${name}.eu.auth0.com",
          backend: { type: "pg", schemaName: "${name}" }, ${more}
          phone: { from: "+15005550006", vendors: [{ vendor: "http", url: "https://example.com", apiKey: { secret: "KEY" } }] } };`,
      );
      return file;
    };
    const late = await write("live", 'promotedFrom: "trial",');
    const early = await write("trial", "");
    const { stdout } = await job.run("matrix", { DEPLOYED_ENVIRONMENTS: `${late}, ${early}` });
    expect(await job.outputs(), stdout).toEqual({
      environments: JSON.stringify([
        { environment: "trial", file: "trial.ts" },
        { environment: "live", file: "live.ts" },
      ]),
    });
  });
});

describe(".github/scripts/reviewed-plan.ts", () => {
  const run = {
    id: 11,
    path: ".github/workflows/plan.yml",
    event: "pull_request",
    conclusion: "success",
    head_sha: "head",
    head_repository: { full_name: "team/otp" },
    run_started_at: "2026-11-23T09:00:00Z",
    updated_at: "2026-11-23T09:05:00Z",
  };
  const pulled = {
    number: 7,
    merged_at: "2026-11-23T10:00:00Z",
    merge_commit_sha: "merged",
    head: { sha: "head" },
    base: { ref: "main" },
  };
  const artifact = { name: "plan-production", expired: false };
  const answer = ({
    pulls = [pulled] as object[],
    runs = [run] as object[],
    artifacts = [artifact] as object[],
    sharing = [pulled] as object[],
    main = "merged",
  }) => {
    github.answers.set("/repos/team/otp/git/ref/heads/main", { object: { sha: main } });
    github.answers.set("/repos/team/otp/commits/head/pulls", sharing);
    github.answers.set("/repos/team/otp/commits/merged/pulls", pulls);
    github.answers.set(
      "/repos/team/otp/actions/workflows/plan.yml/runs?event=pull_request&head_sha=head",
      { workflow_runs: runs },
    );
    for (const id of [10, 11, 12])
      github.answers.set(`/repos/team/otp/actions/runs/${id}/artifacts`, { artifacts });
  };

  it("finds the newest run of the pull request that was merged as this commit", async () => {
    answer({ runs: [run, { ...run, id: 12 }, { ...run, id: 10 }] });
    const { stdout } = await job.run("reviewed-plan", environment);
    expect(await job.outputs(), stdout).toEqual({ run: "12", "pull-request": "7" });
  });

  it.each([
    ["a push without a pull request", { pulls: [] }, "no pull request was merged"],
    ["one that was closed", { pulls: [{ ...pulled, merged_at: null }] }, "no pull request"],
    [
      "one that only holds the commit",
      { pulls: [{ ...pulled, merge_commit_sha: "x" }] },
      "no pull",
    ],
    [
      "a run of a fork",
      { runs: [{ ...run, head_repository: { full_name: "mallory/otp" } }] },
      "no successful run",
    ],
    ["a failed run", { runs: [{ ...run, conclusion: "failure" }] }, "no successful run"],
    ["another workflow", { runs: [{ ...run, path: ".github/workflows/x.yml" }] }, "no successful"],
    ["another commit", { runs: [{ ...run, head_sha: "earlier" }] }, "no successful run"],
    ["another way to start it", { runs: [{ ...run, event: "push" }] }, "no successful run"],
    [
      "a pull request onto another base",
      { pulls: [{ ...pulled, base: { ref: "hostile" } }] },
      "no pull request was merged into main",
    ],
    [
      "a head that a second pull request has too",
      { sharing: [pulled, { ...pulled, number: 8, base: { ref: "hostile" } }] },
      "pull request #8 has the same head",
    ],
    [
      "a run that was repeated after the merge",
      { runs: [{ ...run, run_started_at: "2026-11-23T11:00:00Z" }] },
      "after the merge",
    ],
    [
      "a run that was approved after the merge",
      { runs: [{ ...run, updated_at: "2026-11-23T11:00:00Z" }] },
      "after the merge",
    ],
    ["a commit that is not main's head", { main: "newer" }, "not main's head, which is newer"],
    ["an expired artifact", { artifacts: [{ ...artifact, expired: true }] }, "has expired"],
    ["another's artifact", { artifacts: [{ ...artifact, name: "plan-staging" }] }, "has expired"],
  ])("takes no plan of %s, and says why", async (_, answers, why) => {
    answer(answers);
    const { code } = await job.run("reviewed-plan", environment);
    expect(code).toBe(0);
    const outputs = await job.outputs();
    expect(outputs["run"]).toBeUndefined();
    expect(outputs["why"]).toContain(why);
  });
});

describe(".github/scripts/closing-line.ts", () => {
  const report = (text: string) => leave("report.json", text);
  const close = () => job.run("closing-line", { REPORT: join(job.folder, "report.json") });
  const counted = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, success: true };

  it("prints what vitest counted on a line of its own", async () => {
    await report(JSON.stringify(counted));
    const { stdout, code } = await close();
    expect(stdout).toBe("3 passed, 0 failed, 1 skipped\n");
    expect(code).toBe(0);
  });

  it.each([
    ["a test failed", { ...counted, numFailedTests: 1, success: false }, "3 passed, 1 failed"],
    ["a file could not be loaded", { ...counted, success: false }, "3 passed, 0 failed"],
    ["nothing ran", { ...counted, numPassedTests: 0 }, "0 passed, 0 failed"],
  ])("fails when %s", async (_, counts, line) => {
    await report(JSON.stringify(counts));
    const { stdout, code } = await close();
    expect(stdout).toContain(line);
    expect(code).toBe(1);
  });

  it("fails without a report", async () => {
    expect((await close()).code).toBe(1);
  });
});
