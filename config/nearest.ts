/** Edit distance (Levenshtein), in which two neighbours in the wrong order count once. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      const swapped =
        i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j]
          ? (before[j - 1] ?? 0) + 1
          : Infinity;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** How names are compared: case and what joins their words do not count. */
const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, "");

/** The name that was probably meant, or `undefined` if none comes close. */
export function nearest(wrong: string, names: readonly string[]): string | undefined {
  return names
    .map((name) => ({ name, away: distance(plain(name), plain(wrong)) }))
    .filter(({ name, away }) => away <= Math.max(name.length, wrong.length) / 2)
    .sort((one, other) => one.away - other.away)[0]?.name;
}

/** `; did you mean X?`, or nothing. */
export const didYouMean = (name: string | undefined): string =>
  name === undefined ? "" : `; did you mean ${name}?`;
