import type { Manifest } from "../manifest.ts";
import { at, isMarked, textAt } from "../resource.ts";
import { listed, say } from "../safe-text.ts";
import type { Words } from "../safe-text.ts";
import type { Finding, Subject } from "./danger.ts";

/** How the secrets of an Action change; names only, there are no values here. */
export interface SecretChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Names of the secrets among which at least one value changes. */
  readonly rotated: readonly string[];
  /** Whether values are pushed anew without any name being known. */
  readonly unnamed: boolean;
}

function names(side: unknown, marks: unknown, manifest: Manifest | undefined): string[] {
  const listedNames = ["secrets_wo", "secrets"].flatMap((key) => {
    const list = at(side, key);
    if (!Array.isArray(list)) return [];
    return list.flatMap((_, index) => {
      const name = textAt(list, index, "name");
      return name === undefined || isMarked(marks, key, index, "name") ? [] : [name];
    });
  });
  return [...new Set(listedNames.length > 0 ? listedNames : (manifest?.secrets ?? []))];
}

/** Reads how an Action's secrets change; undefined for other resources and for what is created. */
export function secretChanges({ change, kind, manifests }: Subject): SecretChanges | undefined {
  if (change.type !== "auth0_action" || kind !== "update") return undefined;
  const { before, after, before_sensitive, after_sensitive, after_unknown } = change.change;
  const old = names(before, before_sensitive, manifests.before);
  const now = names(after, after_sensitive, manifests.after);
  const version = "secrets_wo_version";
  const isPushed =
    at(before, version) !== at(after, version) || at(after_unknown, version) === true;
  const isPlainChanged =
    JSON.stringify(at(before, "secrets")) !== JSON.stringify(at(after, "secrets"));
  const added = now.filter((name) => !old.includes(name));
  const removed = old.filter((name) => !now.includes(name));
  const isRotation = (isPushed || isPlainChanged) && added.length + removed.length === 0;
  const rotated = isRotation ? now : [];
  const unnamed = isRotation && now.length === 0;
  return added.length + removed.length + rotated.length > 0 || unnamed
    ? { added, removed, rotated, unnamed }
    : undefined;
}

/** Secrets that come, go or change their value. */
export function secrets(subject: Subject): Finding[] {
  const changes = secretChanges(subject);
  if (!changes) return [];
  const { address } = subject.change;
  const finding = (words: Words): Finding => ({ kind: "secrets", words });
  const { added, removed, rotated, unnamed } = changes;
  const rotation =
    rotated.length === 1
      ? say`${address}: the secret ${listed(rotated)} is rotated.`
      : say`${address}: secrets are rotated: one or more of ${listed(rotated)}.`;
  return [
    ...(added.length > 0 ? [finding(say`${address}: secrets are added: ${listed(added)}.`)] : []),
    ...(removed.length > 0
      ? [finding(say`${address}: secrets are removed: ${listed(removed)}.`)]
      : []),
    ...(rotated.length > 0 ? [finding(rotation)] : []),
    ...(unnamed
      ? [finding(say`${address}: secrets are set anew; their names are not known.`)]
      : []),
  ];
}
