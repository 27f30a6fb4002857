import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cdktf } from "./cdktf.ts";
import type { TerraformOptions } from "./terraform.ts";

/** A synthesised stack in a folder that comes and goes. */
export interface Synthesis {
  /** Where `cdk.tf.json` and the assets lie. */
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Synthesises one environment by cdktf, in a folder of its own.
 *
 * @throws CommandError with the app's message, or cdktf's
 */
export async function synthesise(
  { name, file }: { readonly name: string; readonly file: string },
  { environment, signal }: TerraformOptions,
): Promise<Synthesis> {
  const output = await mkdtemp(join(tmpdir(), "otp-synth-"));
  const remove = () => rm(output, { recursive: true, force: true });
  try {
    await cdktf("synth", [], {
      environment,
      output,
      environments: [file],
      limitMs: 180_000,
      ...(signal && { signal }),
    });
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder: join(output, "stacks", name), remove };
}
