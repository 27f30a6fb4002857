import { bundle } from "../../bundle/bundle.ts";
import { manifestVersion } from "../../bundle/manifest.ts";
import { checkEnvironment } from "../../config/load.ts";
import type { Environment } from "../../config/environment.ts";
import { UserError } from "../../config/user-error.ts";
import type { Finding } from "./dangers/danger.ts";
import { expectedOf } from "./expected.ts";
import { isChange } from "./kind.ts";
import { readManifest } from "./manifest.ts";
import type { Plan, ResourceChange } from "./plan.ts";
import { codeOf, textAt } from "./resource.ts";
import { own, say } from "./safe-text.ts";
import { joinedSettings } from "./settings.ts";
import { unexplained } from "./unexplained.ts";

/** What a comparison of a plan with a fresh build of its declared environment found. */
export type PlanCheck = readonly Finding[];

/** The environment that a tree of settings declares, checked as its file would be. */
function environmentOf(tree: Readonly<Record<string, unknown>>): Environment | string {
  // Where the domain comes from is noted by the loader; a file cannot say it.
  const { domainFromVariable, ...declared } = tree;
  try {
    const environment = checkEnvironment(declared, "the bundle");
    return typeof domainFromVariable === "string"
      ? Object.assign(environment, { domainFromVariable })
      : environment;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** Lines of one text that the other has not, as far as they can be counted cheaply. */
function differingLines(one: string, other: string): number {
  const known = new Set(other.split("\n"));
  return one.split("\n").filter((line) => !known.has(line)).length;
}

async function codeFindings(change: ResourceChange, environment: Environment): Promise<Finding[]> {
  const planned = codeOf(change, "after");
  const channel = readManifest(planned)?.channel;
  if (planned === undefined || channel === undefined) return [];
  let built: string | undefined;
  try {
    built = (await bundle(environment, channel))?.code;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  if (built === planned) return [];
  const lines = differingLines(planned, built ?? "");
  return [
    {
      kind: "engine",
      unexplained: true,
      words: say`The code of ${change.address} is not what this checkout builds from the environment that it declares: ${lines} of its lines are others.`,
    },
  ];
}

/**
 * Compares a plan with what its bundles declare: rebuilding the bundles from the declared
 * environment must give the planned code, and each change must follow from a setting. Nothing of the
 * plan is run: what it declares is checked as an environment file is before anything is built.
 *
 * @param name - the environment that the plan is of, if it is known for certain
 */
export async function checkPlan(plan: Plan, name?: string): Promise<PlanCheck> {
  const changes = plan.resource_changes.filter(({ mode }) => mode !== "data");
  const isAnything = changes.some(isChange);
  if (!isAnything) return [];
  const manifests = changes.map((change) => readManifest(codeOf(change, "after")));
  const tree = joinedSettings(manifests);
  const count = changes.filter(isChange).length;
  if (!tree)
    return [
      {
        kind: "unexplained",
        words: say`No bundle in the plan declares an environment (version ${manifestVersion} of the manifest): none of the ${count} changes can be compared with what was declared.`,
      },
    ];
  const other = manifests.find((manifest) =>
    Object.entries(manifest?.declared?.environment ?? {}).some(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(tree[key]),
    ),
  );
  const environment = environmentOf(tree);
  if (typeof environment === "string")
    return [
      {
        kind: "manifest",
        unexplained: true,
        words: say`What the bundles declare is no environment of this checkout: ${environment}.`,
      },
    ];
  const codes = await Promise.all(
    changes
      .filter(
        (change) => textAt(change.change.after, "code") !== textAt(change.change.before, "code"),
      )
      .map((change) => codeFindings(change, environment)),
  );
  return [
    ...(other
      ? [
          {
            kind: "manifest",
            unexplained: true,
            words: own("The bundles of the plan declare different environments."),
          } satisfies Finding,
        ]
      : []),
    ...(name !== undefined && name !== environment.name
      ? [
          {
            kind: "manifest",
            unexplained: true,
            words: say`The bundles declare the environment ${environment.name}, and the plan is of ${name}.`,
          } satisfies Finding,
        ]
      : []),
    ...codes.flat(),
    ...unexplained(plan, expectedOf(environment)),
  ];
}
