import { isChangedLane, lanes } from "../routing-diff.ts";
import type { Lane } from "../routing-diff.ts";
import { listed, listedWords, say } from "../safe-text.ts";
import type { Finding, Subject } from "./danger.ts";

const only = (one: readonly string[], other: readonly string[]) =>
  one.filter((vendor) => !other.includes(vendor));

function laneFindings(address: string, { title, before, after }: Lane): Finding[] {
  const [first] = after;
  if (first === undefined)
    return [
      {
        kind: "vendors",
        stopsLogins: true,
        words: say`${address}: ${title} have no vendor any more and are not sent.`,
      },
    ];
  const findings: Finding[] = [];
  const [gone, come] = [only(before, after), only(after, before)];
  if (gone.length + come.length > 0) {
    const parts = [
      ...(come.length > 0 ? [say`may now go through ${listed(come)}`] : []),
      ...(gone.length > 0 ? [say`no longer go through ${listed(gone)}`] : []),
    ];
    findings.push({ kind: "vendors", words: say`${address}: ${title} ${listedWords(parts)}.` });
  }
  const keptBefore = only(before, gone);
  const keptAfter = only(after, come);
  const isReordered = keptBefore.join("\n") !== keptAfter.join("\n");
  if (before.length > 0 && (isReordered || before[0] !== first))
    findings.push({
      kind: "order",
      words: say`${address}: ${title} try ${listed(after)} in this order; before ${listed(before)}.`,
    });
  return findings;
}

/** Vendors that come, go or change places, for each kind of message. */
export function vendors({ change: { address }, kind, manifests }: Subject): Finding[] {
  const { before, after } = manifests;
  if (kind !== "update" || !before || !after) return [];
  return lanes(before, after)
    .filter(isChangedLane)
    .flatMap((lane) => laneFindings(address, lane));
}
