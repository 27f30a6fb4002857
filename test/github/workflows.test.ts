import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadEnvironments } from "../../config/load.ts";
import { secretsOf } from "../../otp/tenant/variables.ts";
import { project } from "../../otp/terraform/child-env.ts";
import { job, jobs, steps, texts, workflow, workflows } from "./workflow-files.ts";

const deploying = [
  ["plan.yml", "plan"],
  ["deploy.yml", "deploy"],
  ["drift.yml", "drift"],
] as const;

const commands = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

/** Why a `run:` is not the call of a script that exists, or undefined where it is one. */
function wrong(run: string): string | undefined {
  const [, script] = /^(?:node|bash) ((?:\.github\/scripts|\.ci)\/[\w.-]+)$/.exec(run) ?? [];
  if (script !== undefined) return existsSync(join(project, script)) ? undefined : "no such script";
  const [, command] = /^npm (?:run )?(\w+)$/.exec(run) ?? [];
  if (command === "ci" || (command !== undefined && command in commands.scripts)) return undefined;
  return "neither a script of this repository nor one of package.json";
}

describe("workflows", () => {
  it("are the four that the documents describe", () => {
    expect([...workflows.keys()].sort()).toEqual(["ci.yml", "deploy.yml", "drift.yml", "plan.yml"]);
  });

  const used = steps.flatMap(({ place, step: { uses } }) =>
    uses === undefined ? [] : [[place, uses] as const],
  );
  it.each(used)("%s: %s is pinned by its commit", (_, uses) => {
    expect(uses).toMatch(/^(\.\/\.github\/actions\/[a-z]+|[\w-]+\/[\w-]+@[0-9a-f]{40})$/);
  });

  it("name the version of each pinned commit, the same one everywhere", () => {
    const lines = [...texts.values()].flatMap((text) => text.match(/uses: .+@.+/g) ?? []);
    expect(lines.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
    const pins = new Set(lines.map((line) => line.replace(/^uses: /, "")));
    const actions = new Set([...pins].map((pin) => pin.split("@")[0]));
    expect(pins.size).toBe(actions.size);
  });

  const runs = steps.flatMap(({ place, step: { run } }) =>
    run === undefined ? [] : [[place, run] as const],
  );
  it.each(runs)("%s: `%s` calls a script of this repository, and nothing else", (_, run) => {
    expect(wrong(run)).toBeUndefined();
  });

  it.each([...workflows])("%s grants nothing that a job does not ask for", (_, { permissions }) => {
    expect(permissions).toEqual({});
  });

  it.each(jobs.map(({ file, name, job: { permissions } }) => [file, name, permissions]))(
    "%s %s has exactly the permissions that it needs",
    (file, name, permissions) => {
      const more: Readonly<Record<string, object>> = {
        "plan.yml plan": { "id-token": "write" },
        "plan.yml comment": { "pull-requests": "write" },
        "deploy.yml deploy": { "id-token": "write", actions: "read", "pull-requests": "read" },
        "drift.yml drift": { "id-token": "write" },
        "drift.yml issue": { issues: "write" },
      };
      expect(permissions).toEqual({ contents: "read", ...more[`${file} ${name}`] });
    },
  );

  it.each(jobs.map(({ file, name, job: each }) => [file, name, each] as const))(
    "%s %s ends by itself",
    (_, __, { "timeout-minutes": minutes }) => {
      expect(minutes).toBeLessThanOrEqual(60);
    },
  );

  it.each([...workflows])(
    "%s is started by nothing that runs strangers' code with secrets",
    (_, { on }) => {
      expect(Object.keys(on)).not.toContain("pull_request_target");
      expect(Object.keys(on)).not.toContain("workflow_run");
      expect(Object.keys(on)).not.toContain("issue_comment");
    },
  );

  it("leave no token behind in the checkout", () => {
    const checkouts = steps.filter(({ step: { uses } }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.length).toBeGreaterThan(0);
    for (const { place, step } of checkouts)
      expect(step.with?.["persist-credentials"], place).toBe(false);
  });

  it("put no expression into a script, where its text would be run", () => {
    const texts = steps.map(({ step: { run, shell } }) => `${run ?? ""}${shell ?? ""}`);
    expect(texts.filter((text) => text.includes("${{"))).toEqual([]);
  });

  it("hand secrets to single steps, by name, and never to a whole job or as an argument", () => {
    for (const [file, { env, jobs: all }] of workflows) {
      expect(env, file).toBeUndefined();
      for (const each of Object.values(all)) expect(each.env, file).toBeUndefined();
    }
    for (const { place, step } of steps)
      expect(JSON.stringify(step.with ?? {}), place).not.toContain("secrets.");
    expect([...texts.values()].join()).not.toMatch(/secrets: inherit|toJSON\(secrets\)/i);
  });

  it("write with a token only in jobs that install no packages", () => {
    const writing = jobs.filter(({ job: { permissions = {} } }) =>
      Object.entries(permissions).some(([name, value]) => name !== "id-token" && value === "write"),
    );
    expect(writing.map(({ name }) => name).sort()).toEqual(["comment", "issue"]);
    for (const {
      job: { steps: own },
    } of writing)
      expect(own.some(({ run, uses }) => run === "npm ci" || uses?.startsWith("./"))).toBe(false);
  });

  it.each(deploying)(
    "%s hands over what the environments of this repository name",
    async (file, name) => {
      const own = (await loadEnvironments()).filter((environment) => environment.name !== "local");
      const expected = own.flatMap((environment) => {
        const text = readFileSync(environment.file, "utf8");
        const variables = [...text.matchAll(/\bvariable\("(\w+)"/g)].map(([, one = ""]) => one);
        return [
          ...secretsOf(environment).map((one) => [one, `\${{ secrets.${one} }}`]),
          ...variables.map((one) => [one, `\${{ vars.${one} }}`]),
        ];
      });
      const script = job(file, name).steps.find(
        ({ run }) => run === `node .github/scripts/${name}.ts`,
      );
      expect(script?.env).toMatchObject(Object.fromEntries(expected));
    },
  );
});

describe("plan.yml", () => {
  const { concurrency } = workflow("plan.yml") as unknown as { concurrency: object };

  it("never cancels a plan, whose lock would stay on the state", () => {
    expect(concurrency).toMatchObject({ "cancel-in-progress": false });
  });

  it("gives runs of forks and bots a word instead of secrets", () => {
    const ours = job("plan.yml", "environments").if ?? "";
    const theirs = job("plan.yml", "no-plan").if ?? "";
    expect(ours).toContain("head.repo.full_name == github.repository");
    expect(theirs).toBe(`!(${ours})`);
    const withSecrets = ["no-plan", "environments"].map((name) => job("plan.yml", name));
    expect(JSON.stringify(withSecrets)).not.toContain("secrets.");
  });

  it("takes secrets from an environment that holds those for plans alone", () => {
    expect(job("plan.yml", "plan").environment).toBe("${{ matrix.environment }}-plan");
  });
});

describe("deploy.yml", () => {
  const deploy = job("deploy.yml", "deploy") as unknown as {
    concurrency: object;
    environment: string;
    strategy: object;
  };

  it("deploys one environment at a time and never cancels a deployment", () => {
    expect(deploy.concurrency).toEqual({
      group: "deploy-${{ matrix.environment }}",
      "cancel-in-progress": false,
    });
  });

  it("goes through the environments in order, and ends at the first failure", () => {
    expect(deploy.strategy).toMatchObject({ "max-parallel": 1, "fail-fast": true });
  });

  it("is held by the protection rules of each environment", () => {
    expect(deploy.environment).toBe("${{ matrix.environment }}");
  });

  it("deploys nothing but main, whoever starts it", () => {
    expect(job("deploy.yml", "environments").if).toBe("github.ref == 'refs/heads/main'");
  });
});

describe("actionlint and shellcheck", () => {
  const environment = {
    ...process.env,
    PATH: `${join(project, "node_modules", ".bin")}:${process.env["PATH"] ?? ""}`,
  };
  const has = (program: string) => {
    try {
      execFileSync(program, ["--version"], { env: environment, stdio: "ignore" });
      return true;
    } catch {
      // .ci/install brings both, so that CI passes nothing over.
      if (process.env["CI"]) throw new Error(`expected ${program} on PATH in CI`);
      return false;
    }
  };

  it.each([
    ["actionlint", ["-no-color"]],
    ["shellcheck", [".ci/run", ".ci/install"]],
  ])("%s finds nothing, or is not on this machine", (program, args) => {
    if (!has(program)) return;
    try {
      execFileSync(program, args, { cwd: project, env: environment, encoding: "utf8" });
    } catch (error) {
      expect.fail(String((error as { stdout?: unknown }).stdout));
    }
  });
});
