import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { channels, secretNames } from "../../config/environment.ts";
import type { Environment } from "../../config/environment.ts";
import { UserError } from "../../config/user-error.ts";
import { variablesRead } from "../../config/variables-read.ts";
import { secretVersions } from "../../stacks/fingerprint.ts";
import { missingSecrets, secretValues } from "../../stacks/secrets.ts";
import { CommandError, run } from "./run.ts";
import { plainEnv, project } from "./child-env.ts";
import type { TerraformOptions } from "./terraform.ts";

/** A synthesised stack in a folder that comes and goes. */
export interface Synthesis {
  /** Where `cdk.tf.json` and the assets lie. */
  readonly folder: string;
  remove(): Promise<void>;
}

export interface SynthesisOptions extends TerraformOptions {
  /** Lifts the environment's protection, to destroy it. Default: false. */
  readonly unprotected?: boolean;
}

/** Far more than a synthesis takes, in milliseconds. */
const limitMs = 120_000;

const errorSchema = z.object({ message: z.string() });

/** What the app said that a user can put right; `undefined` for a fault of its own. */
export async function appError(file: string): Promise<string | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : errorSchema.parse(JSON.parse(text)).message;
}

/** The values of an environment's secrets, as far as Terraform gets them. */
function secretsFor(environment: Environment, variables: NodeJS.ProcessEnv) {
  const names = channels.flatMap((channel) => secretNames(environment, channel));
  return secretValues([...new Set(names)], variables);
}

/**
 * Synthesises one environment into a folder of its own: the app of `cdktf.json` is run as
 * `cdktf synth` runs it, without the seconds that the CLI takes around it. It gets no secret and no
 * credential, only the variables that the environment's file reads and fingerprints of the secrets.
 *
 * @throws UserError with the app's message, or naming secrets without a value
 */
export async function synthesise(
  environment: Environment,
  { environment: variables, signal, unprotected = false }: SynthesisOptions,
): Promise<Synthesis> {
  const { name, file } = environment;
  const values = secretsFor(environment, variables);
  const missing = environment.secretsVersion === undefined ? missingSecrets(values) : [];
  if (missing.length > 0)
    throw new UserError({
      expected: `values for the secrets of ${name}`,
      got: `none for ${missing.join(", ")}`,
      todo: `set ${missing.join(", ")}`,
    });
  const output = await mkdtemp(join(tmpdir(), "otp-synth-"));
  const report = join(output, "error.json");
  const remove = () => rm(output, { recursive: true, force: true });
  try {
    const result = await run(process.execPath, [join(project, "otp", "synthesise.js")], {
      folder: project,
      environment: {
        ...plainEnv(variables),
        ...Object.fromEntries(variablesRead()),
        OTP_ENVIRONMENTS: file,
        OTP_SECRET_VERSIONS: JSON.stringify({ [name]: await secretVersions(environment, values) }),
        OTP_ERROR_FILE: report,
        CDKTF_OUTDIR: output,
        ...(unprotected && { OTP_UNPROTECTED: name }),
      },
      limitMs,
      ...(signal && { signal }),
    });
    signal?.throwIfAborted();
    if (result.timedOut)
      throw new CommandError(
        `${name}: expected the stack to synthesise within ${String(limitMs / 1000)} s, got: no end; it was stopped`,
      );
    if (result.code !== 0)
      throw new CommandError(
        (await appError(report)) ??
          `${name}: the stack could not be synthesised:\n${result.stderr.trim()}`,
      );
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder: join(output, "stacks", name), remove };
}
