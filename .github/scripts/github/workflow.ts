import { appendFile } from "node:fs/promises";
import { connect } from "./api.ts";
import type { GitHub } from "./api.ts";

/** A workflow was set up wrongly; the message says what it lacks. */
export class WorkflowError extends Error {
  override readonly name = "WorkflowError";
}

/** What GitHub tells a step of a workflow by its variables. */
export interface Workflow {
  /** `owner/name`. */
  readonly repository: string;
  /** Address of this run's page, where its summary and artifacts are. */
  readonly runUrl: string;
  readonly github: GitHub;
  /** Hands a value to later steps; on one line. */
  readonly output: (name: string, value: string) => Promise<void>;
  /** Adds Markdown to the page of the run. */
  readonly summary: (markdown: string) => Promise<void>;
  /** A line in the log. */
  readonly say: (line: string) => void;
}

/** A variable that has to be there. */
export function needed(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name];
  if (value === undefined || value === "")
    throw new WorkflowError(`expected ${name} to be set, got nothing; set it in the step's env`);
  return value;
}

/** The environment that a job is for: its name, and what `otp` finds it by. */
export function jobEnvironment(environment: NodeJS.ProcessEnv): { name: string; file: string } {
  const name = needed(environment, "ENVIRONMENT");
  const file = environment["ENVIRONMENT_FILE"] ?? "";
  return { name, file: file === "" ? name : file };
}

/** A positive number that has to be there. */
export function neededNumber(environment: NodeJS.ProcessEnv, name: string): number {
  const value = needed(environment, name);
  if (!/^[1-9]\d{0,15}$/.test(value))
    throw new WorkflowError(`expected ${name} to be a number, got something else`);
  return Number(value);
}

/** GitHub takes 1 MiB of summary a step. */
const mostSummary = 1_000_000;

/**
 * What a step of a workflow works with. The token comes from `GH_TOKEN`, which a step sets that
 * needs it.
 *
 * @throws WorkflowError for variables that are missing, when they are needed
 */
export function workflow(environment: NodeJS.ProcessEnv = process.env): Workflow {
  const say = (line: string) => {
    process.stdout.write(`${line}\n`);
  };
  let github: GitHub | undefined;
  const fileOf = (name: string) => environment[name] ?? "";
  const repository = () => needed(environment, "GITHUB_REPOSITORY");
  return {
    get repository() {
      return repository();
    },
    get runUrl() {
      const server = environment["GITHUB_SERVER_URL"] ?? "https://github.com";
      return `${server}/${repository()}/actions/runs/${needed(environment, "GITHUB_RUN_ID")}`;
    },
    get github() {
      github ??= connect({
        url: needed(environment, "GITHUB_API_URL"),
        token: needed(environment, "GH_TOKEN"),
        say,
      });
      return github;
    },
    say,
    output: async (name, value) => {
      const line = `${name}=${value.replaceAll(/[\r\n]+/g, " ")}`;
      const file = fileOf("GITHUB_OUTPUT");
      if (file === "") say(line);
      else await appendFile(file, `${line}\n`);
    },
    summary: async (markdown) => {
      const file = fileOf("GITHUB_STEP_SUMMARY");
      if (file === "") return;
      const tooLong = "\n\nThe rest is in the artifact of this run.\n";
      const text =
        Buffer.byteLength(markdown) > mostSummary
          ? Buffer.from(markdown).subarray(0, mostSummary).toString() + tooLong
          : `${markdown}\n`;
      await appendFile(file, text);
    },
  };
}

/** Runs a script; what went wrong is one line, marked so that GitHub shows it on the run's page. */
export async function script(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const debug =
      process.env["OTP_DEBUG"] && error instanceof Error ? `${error.stack ?? ""}\n` : "";
    const escaped = message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
    const line = process.env["GITHUB_ACTIONS"] ? `::error::${escaped}` : message;
    process.stdout.write(`${debug}${line}\n`);
    process.exitCode = 1;
  }
}
