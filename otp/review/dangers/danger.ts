import type { Kind } from "../kind.ts";
import { readManifest } from "../manifest.ts";
import type { Manifest } from "../manifest.ts";
import type { ResourceChange } from "../plan.ts";
import { codeOf } from "../resource.ts";
import type { Words } from "../safe-text.ts";

/** What a reviewer must not overlook; `--fail-on` takes these names. */
export const dangerKinds = [
  "destroy",
  "replace",
  "forget",
  "disable",
  "provider",
  "overwrite",
  "method",
  "sender",
  "vendors",
  "order",
  "secrets",
  "country",
  "clients",
  "template",
  "handmade",
  "runtime",
  "size",
  "drift",
  "check",
  "incomplete",
  "unknown",
  "unexplained",
  "engine",
  "manifest",
  "code",
  "keys",
  "hidden",
  "domain",
  "protection",
  "backend",
  "url",
  "setting",
  "webotp",
  "lifetime",
  "connection",
  "signup",
  "brute-force",
  "binding",
  "dependencies",
  "foreign",
  "provisioner",
  "provider-config",
  "data",
  "output",
  "invocation",
  "deferred",
  "moved",
  "imported",
] as const;

export type DangerKind = (typeof dangerKinds)[number];

/** Something in a plan that a reviewer must not overlook. */
export interface Finding {
  readonly kind: DangerKind;
  /** Whether people could be unable to log in once it is applied. Default: false. */
  readonly stopsLogins?: boolean;
  /** Whether what the environment declares does not explain it. Default: false. */
  readonly unexplained?: boolean;
  readonly words: Words;
}

/** A resource's change with what the findings are read from. */
export interface Subject {
  readonly change: ResourceChange;
  readonly kind: Kind;
  /** What the Action's bundle says of itself before and after; undefined for code without it. */
  readonly manifests: { readonly before?: Manifest; readonly after?: Manifest };
}

/** Reads what a bundle says of itself on both sides of a change. */
export function subjectOf(change: ResourceChange, kind: Kind): Subject {
  const before = readManifest(codeOf(change, "before"));
  const after = readManifest(codeOf(change, "after"));
  return { change, kind, manifests: { ...(before && { before }), ...(after && { after }) } };
}
