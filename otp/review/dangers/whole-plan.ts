import { kindOf } from "../kind.ts";
import type { Plan } from "../plan.ts";
import { at, textAt } from "../resource.ts";
import { own, say } from "../safe-text.ts";
import type { Finding } from "./danger.ts";

type Tree = Readonly<Record<string, unknown>>;
const treeOf = (value: unknown): Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Tree) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Members of a plan that this version reads or knows to say nothing more. */
const known = new Set([
  "format_version",
  "terraform_version",
  "planned_values",
  "proposed_unknown",
  "prior_state",
  "resource_changes",
  "resource_drift",
  "output_changes",
  "checks",
  "complete",
  "errored",
  "applyable",
  "variables",
  "configuration",
  "relevant_attributes",
  "timestamp",
  "deferred_changes",
  "action_invocations",
  "deferred_action_invocations",
]);

function unknownMembers(plan: Plan): Finding[] {
  return Object.keys(plan)
    .filter((key) => !known.has(key))
    .map((key) => ({
      kind: "unknown",
      words: say`The plan holds ${key}, which this version does not know.`,
    }));
}

function invocations(plan: Plan): Finding[] {
  const members = ["action_invocations", "deferred_action_invocations"];
  return members
    .flatMap((member) => listOf(plan[member]))
    .map((one) => {
      const inner = at(one, "action_invocation") ?? one;
      const address = textAt(inner, "address") ?? textAt(inner, "type") ?? "without an address";
      const provider = textAt(inner, "provider_name") ?? "an unknown provider";
      return {
        kind: "invocation",
        words: say`Terraform invokes the action ${address} of ${provider}: it does something that is no change of a resource.`,
      };
    });
}

function deferred(plan: Plan): Finding[] {
  return listOf(plan["deferred_changes"]).map((one) => {
    const address = textAt(one, "resource_change", "address") ?? "a resource";
    const reason = textAt(one, "reason") ?? "unknown";
    return {
      kind: "deferred",
      words: say`The change of ${address} is put off (${reason}): what it will be is not in this plan.`,
    };
  });
}

function outputs(plan: Plan): Finding[] {
  return Object.entries(plan.output_changes)
    .filter(([, { actions }]) => kindOf(actions) !== "none")
    .map(([name]) => ({
      kind: "output",
      words: say`The output ${name} changes: outputs can be read by everybody who can read the state, and this project declares none.`,
    }));
}

const programs: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    external: "it runs a program, already when the plan is made",
    terraform_remote_state: "it reads another state",
    http: "it sends a request, already when the plan is made",
  }),
);

/** What a module of the configuration does that no change of a resource shows. */
function moduleFindings(module: Tree, prefix: string): Finding[] {
  const resources = listOf(module["resources"]).flatMap((one): Finding[] => {
    const address = `${prefix}${textAt(one, "address") ?? "a resource"}`;
    const mode = textAt(one, "mode") ?? "managed";
    const type = textAt(one, "type") ?? "";
    const provisioners = listOf(at(one, "provisioners")).map((provisioner): Finding => {
      const kind = textAt(provisioner, "type") ?? "unknown";
      const command = at(provisioner, "expressions", "command", "constant_value");
      return {
        kind: "provisioner",
        words: say`${address} has the provisioner ${kind}: it runs on the machine that applies, with its credentials${typeof command === "string" ? say`: ${command}` : own("")}.`,
      };
    });
    if (mode === "managed") return provisioners;
    const effect = programs.get(type) ?? "this project reads nothing from elsewhere";
    return [
      ...provisioners,
      { kind: "data", words: say`${address} is a source of data (${mode}): ${own(effect)}.` },
    ];
  });
  const calls = Object.entries(treeOf(module["module_calls"])).flatMap(
    ([name, call]): Finding[] => [
      {
        kind: "foreign",
        words: say`The module ${`${prefix}${name}`} comes from ${textAt(call, "source") ?? "an unknown source"}; this project declares no modules.`,
      },
      ...moduleFindings(treeOf(at(call, "module")), `${prefix}module.${name}.`),
    ],
  );
  const actions = listOf(module["actions"]).map((one): Finding => ({
    kind: "invocation",
    words: say`The configuration declares the action ${`${prefix}${textAt(one, "address") ?? "without an address"}`}: actions run programs and requests of their provider.`,
  }));
  return [...resources, ...calls, ...actions];
}

/** Settings of Auth0's provider that say where it sends its requests and as whom. */
function providers(plan: Plan, domain: string | undefined): Finding[] {
  return Object.entries(treeOf(at(plan.configuration, "provider_config"))).flatMap(
    ([key, one]): Finding[] => {
      const name = textAt(one, "full_name") ?? textAt(one, "name") ?? key;
      const findings: Finding[] = [];
      if (!/(^|\/)auth0$/.test(name))
        findings.push({
          kind: "provider-config",
          words: say`The configuration uses the provider ${name}, which is not Auth0's.`,
        });
      const alias = textAt(one, "alias") ?? (key.includes(".") ? key : undefined);
      if (alias !== undefined)
        findings.push({
          kind: "provider-config",
          words: say`The provider ${name} is configured a second time, as ${alias}: resources can belong to another tenant.`,
        });
      for (const [setting, expression] of Object.entries(treeOf(at(one, "expressions")))) {
        const value = at(expression, "constant_value");
        if (setting !== "domain") {
          findings.push({
            kind: "provider-config",
            words: say`The provider ${name} sets ${setting}; this project sets its domain alone.`,
          });
        } else if (typeof value !== "string") {
          findings.push({
            kind: "domain",
            words: say`The tenant of the provider ${name} is not written in its configuration: something else decides it.`,
          });
        } else if (domain !== undefined && value !== domain) {
          findings.push({
            kind: "domain",
            words: say`The provider ${name} goes to the tenant ${value}; the environment declares ${domain}.`,
          });
        }
      }
      return findings;
    },
  );
}

/** What a plan does besides changing resources. */
export function wholePlan(plan: Plan, domain: string | undefined): Finding[] {
  const reads = plan.resource_changes
    .filter(({ mode }) => mode !== undefined && mode !== "managed" && mode !== "data")
    .map(({ address, mode }): Finding => ({
      kind: "unknown",
      words: say`${address} is of a mode that this version does not know: ${mode ?? ""}.`,
    }));
  const read = plan.resource_changes
    .filter(({ mode }) => mode === "data")
    .map(({ address, type }): Finding => ({
      kind: "data",
      words: say`${address} is read: ${own(programs.get(type) ?? "this project reads nothing from elsewhere")}.`,
    }));
  const declared = moduleFindings(treeOf(plan.configuration?.root_module), "");
  const said = new Set(read.map(({ words }) => JSON.stringify(words.parts[1])));
  return [
    ...unknownMembers(plan),
    ...invocations(plan),
    ...deferred(plan),
    ...outputs(plan),
    ...providers(plan, domain),
    ...reads,
    ...read,
    ...declared.filter(
      ({ kind, words }) => kind !== "data" || !said.has(JSON.stringify(words.parts[1])),
    ),
  ];
}
