import type { DangerKind, Finding } from "./dangers/danger.ts";
import type { DeclaredSettings, Manifest } from "./manifest.ts";
import { own, say } from "./safe-text.ts";
import type { Words } from "./safe-text.ts";

/** A setting of an environment's file that a plan changes. */
export interface SettingChange {
  /** As in the file, with vendors by id: `email.vendors[postmark].messageStream`. */
  readonly path: string;
  /** What a person calls it. */
  readonly label: Words;
  readonly kind: DangerKind;
  /** Undefined if it was not set. */
  readonly before?: string;
  /** Undefined if it is not set any more. */
  readonly after?: string;
}

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a person calls a setting, and the danger that its change is; the first that fits counts. */
const labels: readonly (readonly [RegExp, string, DangerKind])[] = [
  [/^name$/, "Environment", "manifest"],
  [/^domain$/, "Tenant", "domain"],
  [/^domainFromVariable$/, "Variable that decides the tenant", "domain"],
  [/^protect$/, "Protection against destruction", "protection"],
  [/^backend\.(.+)$/, "State:", "backend"],
  [/^secretsVersion$/, "Version of the secrets", "secrets"],
  [/^email\.from\.address$/, "E-mail: sender's address", "sender"],
  [/^email\.from\.name$/, "E-mail: sender's name", "sender"],
  [/^email\.replyTo\.(.+)$/, "E-mail: reply to:", "sender"],
  [/^phone\.from$/, "Phone: sender", "sender"],
  [/^phone\.senders\.(.+)$/, "Phone: sender for", "sender"],
  [/^email\.passwordless\.subject$/, "E-mail: subject", "template"],
  [/^email\.passwordless\.body$/, "E-mail: text", "template"],
  [/^phone\.passwordless\.template$/, "Phone: text", "template"],
  [/^(\w+)\.passwordless\.clients$/, "Applications that log in by", "clients"],
  [/^phone\.methods$/, "Phone: offered", "method"],
  [/^(\w+)\.vendors$/, "Vendors in order:", "order"],
  [/^\w+\.vendors\[(.+)\]\.vendor$/, "Vendor behind", "vendors"],
  [/^\w+\.vendors\[(.+)\]\.channels$/, "Media of", "vendors"],
  [/^(\w+)\.lifetimeS$/, "Lifetime of a code in seconds:", "lifetime"],
  [/^(\w+\..+Ms)$/, "Time limit:", "lifetime"],
  [/^phone\.(countries\..+)$/, "Phone:", "country"],
  [/^phone\.webOtp$/, "Phone: WebOTP origin", "webotp"],
  [/^(\w+\.routes.*)$/, "Route:", "order"],
];

const addressKey = /url|uri|host|endpoint|domain|server|region|base|gateway|proxy/i;
const addressValue = /:\/\/|^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d+)?(\/|$)/i;

function described(
  path: string,
  values: readonly (string | undefined)[],
): Pick<SettingChange, "label" | "kind"> {
  for (const [pattern, text, kind] of labels) {
    const match = pattern.exec(path);
    if (match)
      return { label: match[1] === undefined ? own(text) : say`${own(text)} ${match[1]}`, kind };
  }
  const leaf = path.slice(path.lastIndexOf(".") + 1);
  if (values.some((value) => value?.startsWith("secret ")))
    return { label: say`${path}`, kind: "secrets" };
  const isAddress =
    addressKey.test(leaf) ||
    values.some((value) => value !== undefined && addressValue.test(value));
  return { label: say`${path}`, kind: isAddress ? "url" : "setting" };
}

/** Each setting of a tree by its path. A list of objects that have ids is also their order. */
function flatten(value: unknown, path: string, into: Map<string, string>): void {
  if (value === undefined || value === null) return;
  if (isTree(value)) {
    const { secret } = value;
    if (typeof secret === "string" && Object.keys(value).length === 1)
      into.set(path, `secret ${secret}`);
    else
      for (const [key, inner] of Object.entries(value))
        flatten(inner, path === "" ? key : `${path}.${key}`, into);
    return;
  }
  if (Array.isArray(value) && value.some(isTree)) {
    const keys = value.map((item: unknown, index) =>
      isTree(item) && typeof item["id"] === "string" ? item["id"] : String(index + 1),
    );
    if (path.endsWith(".vendors")) into.set(path, keys.join(", "));
    value.forEach((item: unknown, index) => {
      flatten(item, `${path}[${keys[index] ?? ""}]`, into);
    });
    return;
  }
  if (Array.isArray(value)) {
    if (value.length > 0) into.set(path, value.map(String).join(", "));
    return;
  }
  into.set(path, typeof value === "string" ? value : JSON.stringify(value));
}

/** All that the bundles of one side declare, in one tree; undefined if none declares anything. */
export function joinedSettings(manifests: readonly (Manifest | undefined)[]): Tree | undefined {
  const trees = manifests.flatMap((manifest) => manifest?.declared ?? []);
  if (trees.length === 0) return undefined;
  return Object.assign(
    {},
    ...trees.map(({ environment }: DeclaredSettings) => environment),
  ) as Tree;
}

/** The settings that differ between what is deployed and what is declared. */
export function settingChanges(before: Tree | undefined, after: Tree | undefined): SettingChange[] {
  const [old, now] = [new Map<string, string>(), new Map<string, string>()];
  flatten(before, "", old);
  flatten(after, "", now);
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((path) => {
    const [was, is] = [old.get(path), now.get(path)];
    if (was === is) return [];
    return [
      {
        path,
        ...described(path, [was, is]),
        ...(was !== undefined && { before: was }),
        ...(is !== undefined && { after: is }),
      },
    ];
  });
}

/** Said by the readings of vendors, countries and methods in their own words. */
const saidElsewhere: readonly RegExp[] = [
  /^\w+\.vendors$/,
  /^phone\.countries\./,
  /^phone\.methods$/,
  /^\w+\.routes\[\d+\]\.(countries|channels|messageTypes|vendors)$/,
  /^\w+\.passwordless\.clients$/,
];

/** A danger for each setting that decides where a code goes, who may read it or what it looks like. */
export function settingFindings(changes: readonly SettingChange[]): Finding[] {
  return changes
    .filter(({ path }) => !saidElsewhere.some((pattern) => pattern.test(path)))
    .map(({ label, kind, before, after }) => ({
      kind,
      words: say`${label}: ${after ?? "nothing"} instead of ${before ?? "nothing"}.`,
    }));
}
