import type { Channel } from "../../config/environment.ts";
import { compare, listed } from "./comparison.ts";
import type { Check } from "./comparison.ts";
import type { FoundAction, FoundBinding } from "./inventory.ts";
import { namesOf } from "./inventory.ts";

export interface ExpectedAction {
  readonly environment: string;
  readonly channel: Channel;
  /** The bundle's text. */
  readonly code: string;
  /** Names of secrets. */
  readonly secrets: readonly string[];
}

/** How far a text is from the one that was built, in a few words and without showing it. */
function codeInWords(built: string, deployed: string): string {
  if (built === deployed) return "the built code";
  const lines = deployed.split("\n");
  const at = built.split("\n").findIndex((line, index) => line !== lines[index]);
  const line = at === -1 ? lines.length : at + 1;
  return `other code (${Buffer.byteLength(deployed)} bytes for ${Buffer.byteLength(built)}, other from line ${line})`;
}

/** Whether what was last written to an Action is what runs. */
function draftChecks(what: string, built: string, action: FoundAction, todo: string): Check[] {
  const { deployed_version: version, all_changes_deployed: all, code } = action;
  const secrets = (list: FoundAction["secrets"]) =>
    JSON.stringify((list ?? []).map(({ name, updated_at }) => [name, updated_at]).sort());
  const isStale =
    all !== true || code !== version?.code || secrets(action.secrets) !== secrets(version?.secrets);
  const half =
    isStale && code === built
      ? "a draft with the built code that was not deployed: an apply failed half-way"
      : "a draft with changes that are not deployed";
  return [
    compare(
      `${what}: what is written is deployed`,
      "everything",
      isStale ? half : "everything",
      todo,
    ),
  ];
}

/** Whether an Action runs the built code with its secrets, bound to its trigger and alone there. */
export function verifyAction(
  { environment, channel, code, secrets }: ExpectedAction,
  action: FoundAction | undefined,
  bindings: readonly FoundBinding[],
): Check[] {
  const what = `custom-${channel}-provider`;
  const deploy = `run \`npx otp deploy ${environment}\``;
  if (!action) return [compare(`${what}: Action`, "one", "none", deploy)];
  const finish = `deploy the draft: run \`npx otp deploy ${environment}\`, which does so where Terraform plans nothing`;
  const version = action.deployed_version;
  const bound = bindings.map((binding) =>
    binding.action?.id === action.id ? "this Action" : (binding.display_name ?? "another Action"),
  );
  return [
    compare(
      `${what}: deployed code`,
      "the built code",
      version ? codeInWords(code, version.code ?? "") : "nothing deployed",
      action.code === code ? finish : deploy,
    ),
    ...draftChecks(what, code, action, action.code === code ? finish : deploy),
    compare(
      `${what}: runtime`,
      "node22",
      version?.runtime ?? "nothing deployed",
      `${deploy}; where it stays, set the runtime in the dashboard`,
    ),
    compare(
      `${what}: secrets`,
      listed(secrets),
      listed(namesOf(version?.secrets)),
      `${deploy}; where it plans nothing, run it with --resend-secrets`,
    ),
    compare(
      `${what}: bound to its trigger`,
      "this Action",
      listed(bound),
      `${deploy}, which binds this Action alone`,
    ),
  ];
}
