import { join } from "node:path";
import { App } from "cdktf";
import { writeBundles } from "./bundle/bundle.ts";
import { secretNames } from "./config/environment.ts";
import { loadEnvironments } from "./config/load.ts";
import { UserError } from "./config/user-error.ts";
import { EnvironmentStack } from "./stacks/environment-stack.ts";
import { declareImports, readImports } from "./stacks/imports.ts";
import { missingSecrets, secretValues } from "./stacks/secrets.ts";

/** Environments by name or path, separated by line breaks; not set, all of `environments/`. */
const selected = process.env["OTP_ENVIRONMENTS"]?.split("\n").filter(Boolean);

/** The environment that `otp destroy` is destroying, after its name was typed. */
const unprotected = process.env["OTP_UNPROTECTED"];

async function synthesise(): Promise<void> {
  const environments = await loadEnvironments(selected);
  const app = new App();
  for (const environment of environments) {
    const { name, email, phone, secretsVersion } = environment;
    const names = [email, phone].flatMap((delivery) => (delivery ? secretNames(delivery) : []));
    const secrets = secretValues([...new Set(names)], process.env);
    const missing = secretsVersion === undefined ? missingSecrets(secrets) : [];
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
  process.stderr.write(`${ours ? (error.stack ?? message) : message}\n`);
  process.exitCode = 1;
}
