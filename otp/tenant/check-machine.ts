import { access, constants, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { bundle } from "../../bundle/bundle.ts";
import type { Environment } from "../../config/environment.ts";
import { UserError } from "../../config/user-error.ts";
import { channels } from "../../config/environment.ts";
import { missingSecrets, secretValues } from "../../stacks/secrets.ts";
import { bindingsAreCurrent } from "../terraform/bindings.ts";
import { project } from "../terraform/child-env.ts";
import type { TerraformOptions } from "../terraform/terraform.ts";
import { terraformVersion } from "../terraform/version.ts";
import { compare } from "./comparison.ts";
import type { Check } from "./comparison.ts";
import { readManaged } from "./terraform-state.ts";
import type { Managed } from "./terraform-state.ts";
import { secretsOf } from "./variables.ts";

/** The major version that Auth0 runs Actions on, and the oldest that the commands run on. */
const leastNode = 22;

/** What an error says was got, and what it says to do: errors of this project name both. */
export function finding(error: unknown): { readonly got: string; readonly todo?: string } {
  if (error instanceof Error && error.name === "AbortError") throw error;
  if (error instanceof UserError && error.expectation) {
    const { got, todo } = error.expectation;
    return { got, ...(todo !== undefined && { todo }) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { got: message.replaceAll(/\s*\n\s*/g, " ") };
}

/** A check that passes, or fails with the reason of the error that `look` throws. */
async function attempt(
  what: string,
  expected: string,
  todo: string,
  look: () => Promise<string>,
): Promise<Check> {
  try {
    return { what, expected, got: await look(), fine: true };
  } catch (error) {
    return { what, expected, todo, ...finding(error), fine: false };
  }
}

function node(): Check {
  const { node: version } = process.versions;
  const fine = Number(version.split(".")[0]) >= leastNode;
  const todo = "take a newer Node";
  return {
    what: "Node",
    expected: `${String(leastNode)} or newer`,
    got: version,
    fine,
    ...(!fine && { todo }),
  };
}

async function bindings(): Promise<Check> {
  const current = (await bindingsAreCurrent("registry")) || (await bindingsAreCurrent("standin"));
  return compare(
    ".gen",
    "made for cdktf.json",
    current ? "made for cdktf.json" : "missing, or made for another one",
    "run `npx otp generate`",
  );
}

function secrets(environment: Environment, variables: NodeJS.ProcessEnv): Check {
  const names = secretsOf(environment);
  const missing = missingSecrets(secretValues(names, variables)).join(", ");
  return compare(
    "secrets",
    names.join(", "),
    missing === "" ? names.join(", ") : `none for ${missing}`,
    `set ${missing}`,
  );
}

/** Makes sure that a local state can be written: the nearest folder that exists decides. */
async function writable(path: string): Promise<void> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (!found) continue;
    if (!found.isDirectory())
      throw new UserError({ expected: "a folder", got: `${folder}, which is no folder` });
    await access(folder, constants.W_OK);
    return;
  }
}

/** The state behind an environment's backend, as far as it can be read. */
async function state(
  environment: Environment,
  options: TerraformOptions,
): Promise<{ readonly check: Check; readonly managed?: Managed }> {
  const { backend, name } = environment;
  let managed: Managed | undefined;
  const check = await attempt(
    "state",
    `the backend ${backend.type}`,
    "give this machine what the backend needs; nothing can be planned without it",
    async () => {
      if (backend.type === "local")
        await writable(resolve(project, backend.path ?? `state/${name}.tfstate`));
      managed = await readManaged(environment, options);
      await managed.close();
      return `${String(managed.ids.size)} resources`;
    },
  );
  return { check, ...(managed && { managed }) };
}

/**
 * Looks at this machine: programs, bindings, secrets, what the bundles weigh, and the state.
 *
 * @returns all findings, and what is in the state, where that could be read
 */
export async function checkMachine(
  environment: Environment,
  options: TerraformOptions,
): Promise<{ readonly checks: Check[]; readonly managed?: Managed }> {
  const variables = options.environment;
  const terraform = await attempt(
    "Terraform",
    "1.11 or newer",
    "install it from your package manager or HashiCorp's site",
    () => terraformVersion(variables),
  );
  const bundles = await Promise.all(
    channels
      .filter((channel) => environment[channel])
      .map((channel) =>
        attempt(
          `${channel} bundle`,
          "at most 100000 bytes",
          "name fewer vendors, or repair the handler",
          async () => `${String((await bundle(environment, channel))?.size ?? 0)} bytes`,
        ),
      ),
  );
  const { check, managed } = await state(environment, options);
  return {
    checks: [
      terraform,
      node(),
      await bindings(),
      secrets(environment, variables),
      ...bundles,
      check,
    ],
    ...(managed && { managed }),
  };
}
