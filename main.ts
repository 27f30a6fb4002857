import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { writeBundles } from "./bundle/bundle.ts";
import type { Channel } from "./config/environment.ts";
import { channels, secretNames } from "./config/environment.ts";
import { loadEnvironments } from "./config/load.ts";
import { UserError } from "./config/user-error.ts";
import { EnvironmentStack } from "./stacks/environment-stack.ts";
import { declareImports, readImports } from "./stacks/imports.ts";
import { missingSecrets, secretValues } from "./stacks/secrets.ts";

/** Environments by name or path, separated by line breaks; not set, all of `environments/`. */
const selected = process.env["OTP_ENVIRONMENTS"]?.split("\n").filter(Boolean);

/** The environment that `otp destroy` is destroying, after its name was typed. */
const unprotected = process.env["OTP_UNPROTECTED"];

/**
 * Fingerprints of secrets by environment and channel, made by `otp`: this process then needs no
 * secret at all.
 */
const fingerprints = JSON.parse(process.env["OTP_SECRET_VERSIONS"] ?? "{}") as Readonly<
  Record<string, Readonly<Partial<Record<Channel, number>>>>
>;

async function synthesise(): Promise<void> {
  const environments = await loadEnvironments(selected);
  const app = new App();
  for (const environment of environments) {
    const { name, secretsVersion } = environment;
    const names = channels.flatMap((channel) => secretNames(environment, channel));
    const secrets = secretValues([...new Set(names)], process.env);
    const secretVersions = fingerprints[name];
    const missing = secretsVersion === undefined && !secretVersions ? missingSecrets(secrets) : [];
    // Environments that were not asked for are synthesised all the same, since cdktf wants every
    // stack; they cannot be applied without their secrets.
    if (selected && missing.length > 0)
      throw new UserError(
        `${name}: expected values for its secrets, got: none for ${missing.join(", ")}; ` +
          `set ${missing.join(", ")}`,
      );
    const made = await writeBundles(environment, join(app.outdir, "bundles", name));
    const bundles = Object.fromEntries(made.map(({ channel, path }) => [channel, path]));
    const protect = environment.protect && name !== unprotected;
    const stack = new EnvironmentStack(app, {
      environment: { ...environment, protect },
      bundles,
      secrets,
      ...(secretVersions && { secretVersions }),
    });
    declareImports(stack, await readImports(environment));
  }
  app.synth();
}

try {
  await synthesise();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  // What a user can put right is a line; anything else is a fault of ours, with its stack.
  const ours = error instanceof Error && !(error instanceof UserError);
  const report = process.env["OTP_ERROR_FILE"];
  if (report !== undefined && !ours) writeFileSync(report, JSON.stringify({ message }));
  process.stderr.write(`${ours ? (error.stack ?? message) : message}\n`);
  process.exitCode = 1;
}
