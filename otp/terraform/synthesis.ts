import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError, run } from "./run.ts";
import { project } from "./child-env.ts";
import type { TerraformOptions } from "./terraform.ts";

/** A synthesised stack in a folder that comes and goes. */
export interface Synthesis {
  /** Where `cdk.tf.json` and the assets lie. */
  readonly folder: string;
  remove(): Promise<void>;
}

/** Far more than a synthesis takes, in milliseconds. */
const limitMs = 120_000;

/** What the app said that a user can put right, or its first line. */
function wordsOf(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const readable = lines.filter((line) => /expected .+, got: /i.test(line));
  return readable.length > 0 ? readable.join("\n") : (lines[0] ?? "nothing");
}

/**
 * Synthesises one environment into a folder of its own: the app of `cdktf.json` is run as
 * `cdktf synth` runs it, without the seconds that the CLI takes around it.
 *
 * @param target - name and file of the environment
 * @throws CommandError with the app's message
 */
export async function synthesise(
  { name, file }: { readonly name: string; readonly file: string },
  { environment, signal }: TerraformOptions,
): Promise<Synthesis> {
  const output = await mkdtemp(join(tmpdir(), "otp-synth-"));
  const remove = () => rm(output, { recursive: true, force: true });
  try {
    const result = await run("node", ["--import", "tsx", "main.ts"], {
      folder: project,
      environment: { ...environment, OTP_ENVIRONMENTS: file, CDKTF_OUTDIR: output },
      limitMs,
      ...(signal && { signal }),
    });
    signal?.throwIfAborted();
    if (result.timedOut)
      throw new CommandError(
        `${name}: expected the stack to synthesise within ${String(limitMs / 1000)} s, got: no end; it was stopped`,
      );
    if (result.code !== 0) throw new CommandError(wordsOf(result.stderr));
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder: join(output, "stacks", name), remove };
}
