import { isChange } from "../kind.ts";
import { textAt } from "../resource.ts";
import { own, say } from "../safe-text.ts";
import type { Finding, Subject } from "./danger.ts";

/** Types that this project declares. */
const declared = new Set([
  "auth0_action",
  "auth0_trigger_actions",
  "auth0_email_provider",
  "auth0_phone_provider",
  "auth0_connection",
  "auth0_connection_clients",
]);

/** What others of the provider can do to codes and to those who ask for them. */
const meanings: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    auth0_trigger_action: "it decides which Actions run at a login",
    auth0_client: "an application can ask for codes and gets its users' tokens",
    auth0_global_client: "it changes what all applications share",
    auth0_client_credentials: "it changes how an application proves who it is",
    auth0_client_grant: "an application may call an API, the Management API among them",
    auth0_log_stream:
      "a log stream sends the tenant's logs, people's numbers and addresses among them, elsewhere",
    auth0_tenant: "it changes settings of the whole tenant",
    auth0_attack_protection: "it changes the protection against brute force and pumping",
    auth0_branding: "it changes what people see",
    auth0_custom_domain: "it changes where people log in",
    auth0_email_template: "it changes the text of messages",
    auth0_phone_notification_template: "it changes the text of messages",
    auth0_guardian: "it changes the second factor",
    auth0_rule: "a rule runs code at each login",
    auth0_hook: "a hook runs code of its own",
    auth0_resource_server: "it changes an API",
    auth0_role: "it changes what people may do",
    auth0_user: "it makes or changes a person's account",
    auth0_event_stream: "it sends events of the tenant elsewhere",
    auth0_action_module: "code that Actions share changes",
    null_resource: "it can run programs on the machine that applies",
    terraform_data: "it can run programs on the machine that applies",
    local_file: "it writes files on the machine that applies",
  }),
);

const verbs: Readonly<Record<string, string>> = {
  create: "is created",
  update: "changes",
  replace: "is replaced",
  forget: "leaves the state",
};

function trigger(subject: Subject): string | undefined {
  const { type, change } = subject.change;
  const value =
    type === "auth0_action"
      ? textAt(change.after, "supported_triggers", 0, "id")
      : type.startsWith("auth0_trigger_action")
        ? textAt(change.after, "trigger")
        : undefined;
  return value === undefined || /^custom-(email|phone)-provider$/.test(value) ? undefined : value;
}

/** What does not belong to the delivery of codes, but is in its plan. */
export function foreign(subject: Subject): Finding[] {
  const { kind, change: resource } = subject;
  const { address, type, mode, provider_name: provider, change } = resource;
  if (mode === "data" || !isChange(resource)) return [];
  const findings: Finding[] = [];
  if (resource.previous_address !== undefined)
    findings.push({
      kind: "moved",
      words: say`${resource.previous_address} of the state becomes ${address}.`,
    });
  if (change.importing)
    findings.push({
      kind: "imported",
      words: say`${address} takes over what the tenant has already, with the id ${change.importing.id ?? "known after apply"}.`,
    });
  if (
    provider !== undefined &&
    !/^registry\.(terraform\.io|opentofu\.org)\/auth0\/auth0$/.test(provider)
  )
    findings.push({
      kind: "provider-config",
      words: say`${address} is handled by the provider ${provider}, which is not Auth0's.`,
    });
  if (kind === "destroy" || kind === "none") return findings;
  const meaning = meanings.get(type);
  if (!declared.has(type))
    findings.push({
      kind: "foreign",
      words: say`${address} ${own(verbs[kind] ?? "is part of the plan")}, and this project declares nothing of the type ${type}${own(meaning === undefined ? "" : `: ${meaning}`)}.`,
    });
  const other = trigger(subject);
  if (other !== undefined)
    findings.push({
      kind: "foreign",
      words: say`${address} ${own(verbs[kind] ?? "is part of the plan")} for the trigger ${other}: its code runs there, not only where codes are sent.`,
    });
  const strategy = type === "auth0_connection" ? textAt(change.after, "strategy") : undefined;
  if (kind === "create" && strategy !== undefined && !["email", "sms"].includes(strategy))
    findings.push({
      kind: "foreign",
      words: say`${address} is created: people can log in by ${strategy}, without a code.`,
    });
  return findings;
}
