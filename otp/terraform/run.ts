import { UserError } from "../../config/user-error.ts";
import { spawn } from "node:child_process";

/** A command that did not do what it should; the message is one readable line. */
export class CommandError extends UserError {
  override readonly name = "CommandError";
}

export interface RunOptions {
  readonly folder?: string;
  /** The whole environment of the child; nothing is added. */
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds after which the child and its children are ended. */
  readonly limitMs: number;
  /** Ends the child early: an interrupt first, so that Terraform gives its lock back. */
  readonly signal?: AbortSignal;
  /** Gets each line as it is printed, both streams. */
  readonly onLine?: (line: string) => void;
}

export interface RunResult {
  /** Exit code; 128 where a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** How long an interrupted child may take to end by itself, in milliseconds. */
const graceMs = 15_000;

/** Hands over whole lines of a stream. */
function lines(onLine: (line: string) => void) {
  let rest = "";
  return {
    push(text: string) {
      const parts = (rest + text).split(/\r?\n/);
      rest = parts.pop() ?? "";
      parts.forEach(onLine);
    },
    end() {
      if (rest !== "") onLine(rest);
    },
  };
}

/**
 * Runs a program with an array of arguments, never through a shell, in a process group of its own,
 * and waits for it within a limit.
 *
 * @throws CommandError where the program cannot be started
 */
export function run(
  program: string,
  args: readonly string[],
  { folder, environment, limitMs, signal, onLine = () => undefined }: RunOptions,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...(folder !== undefined && { cwd: folder }),
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: what it starts ends with it, and a terminal's Ctrl-C reaches it once.
      detached: true,
    });
    const kill = (name: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, name);
      } catch {
        // It has ended already.
      }
    };
    let timedOut = false;
    let grace: NodeJS.Timeout | undefined;
    const end = () => {
      kill("SIGINT");
      grace ??= setTimeout(() => {
        kill("SIGKILL");
      }, graceMs);
    };
    const limit = setTimeout(() => {
      timedOut = true;
      end();
    }, limitMs);
    signal?.addEventListener("abort", end);
    if (signal?.aborted) end();
    const output = { stdout: "", stderr: "" };
    const splitters = (["stdout", "stderr"] as const).map((name) => {
      const splitter = lines(onLine);
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
        splitter.push(text);
      });
      return splitter;
    });
    const finish = () => {
      clearTimeout(limit);
      clearTimeout(grace);
      signal?.removeEventListener("abort", end);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      finish();
      const got = error.code === "ENOENT" ? "no such program" : error.message;
      reject(new CommandError(`expected ${program} to start, got: ${got}`));
    });
    child.on("close", (code) => {
      finish();
      for (const splitter of splitters) splitter.end();
      // What it started in its group must not outlive it.
      kill("SIGKILL");
      resolve({ code: code ?? 128, ...output, timedOut });
    });
  });
}
