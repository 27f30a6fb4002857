import { structuredPatch } from "diff";

/** How the code of one resource changes. */
export interface CodeDiff {
  /** Lines of a unified diff without its head, raw as they stand in the code. */
  readonly lines: readonly string[];
  readonly added: number;
  readonly removed: number;
  /** Why the lines are not the shortest diff; undefined if they are. */
  readonly caveat?: string;
}

/** Lines of context around a change. */
const context = 3;
function lines(text: string): string[] {
  const all = text.split("\n");
  if (all.at(-1) === "") all.pop();
  return all;
}

/** Everything between the first and the last line that differ, as one block. */
function block(before: string, after: string): { hunk: string[]; added: number; removed: number } {
  const [old, now] = [lines(before), lines(after)];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const gone = old.slice(start, old.length - end);
  const come = now.slice(start, now.length - end);
  const hunk = [
    `@@ -${start + 1},${gone.length} +${start + 1},${come.length} @@`,
    ...gone.map((line) => `-${line}`),
    ...come.map((line) => `+${line}`),
  ];
  return { hunk, added: come.length, removed: gone.length };
}

/** Compares codes, and stops looking for the shortest difference when it has worked enough. */
export type Differ = (before: string, after: string) => CodeDiff;

/**
 * Makes a differ for one review.
 *
 * @param effort - squares of edited lines that all its comparisons together may take, since the
 * algorithm's time grows with the square; counted rather than timed, so that the same plans give
 * the same document on every machine. Default: 24,000,000, a few seconds.
 */
export function createDiffer(effort = 24_000_000): Differ {
  let left = effort;
  return (before, after) => {
    const maxEditLength = Math.min(3_000, Math.floor(Math.sqrt(left)));
    const patch = structuredPatch("", "", before, after, undefined, undefined, {
      context,
      maxEditLength,
    });
    if (!patch) {
      left = Math.max(0, left - maxEditLength ** 2);
      const { hunk, added, removed } = block(before, after);
      const caveat =
        "the code differs too much for a line by line comparison: all old lines, then all new ones";
      return { lines: hunk, added, removed, caveat };
    }
    const hunks = patch.hunks.flatMap((hunk) => [
      `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
      ...hunk.lines,
    ]);
    const count = (sign: string) =>
      patch.hunks.reduce(
        (sum, hunk) => sum + hunk.lines.filter((line) => line.startsWith(sign)).length,
        0,
      );
    const [added, removed] = [count("+"), count("-")];
    left = Math.max(0, left - (added + removed) ** 2);
    return { lines: hunks, added, removed };
  };
}
