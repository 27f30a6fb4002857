/** Edit distance (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The name that was probably meant, or `undefined` where none comes close. */
export function nearest(wrong: string, names: readonly string[]): string | undefined {
  return names
    .map((name) => ({ name, away: distance(name, wrong) }))
    .filter(({ name, away }) => away <= Math.max(name.length, wrong.length) / 2)
    .sort((one, other) => one.away - other.away)[0]?.name;
}
