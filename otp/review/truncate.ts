/** A part of a document that can be said at less length. */
export interface Piece {
  /** Pieces of the highest rank are cut first. */
  readonly rank: number;
  /** What the piece holds, for the note on what was cut: `code`. */
  readonly what: string;
  /** From the whole to the shortest; an empty one leaves the piece out. */
  readonly forms: readonly [string, ...string[]];
}

/** Between pieces stands an empty line. */
const gap = "\n\n";

const assembled = (texts: readonly string[]) => texts.filter((text) => text !== "").join(gap);

/** The whole document, whatever its length. */
export function whole(pieces: readonly Piece[]): string {
  return assembled(pieces.map(({ forms }) => forms[0]));
}

/**
 * The document within a limit: the pieces of the highest rank lose their length first, the longest
 * of them before the others.
 *
 * @param limit - in UTF-16 units, of which there are at least as many as GitHub counts characters
 * @param note - what is said, behind the first piece, of what was cut; it gets names of pieces
 */
export function fit(
  pieces: readonly Piece[],
  limit: number,
  note: (cut: readonly string[]) => string,
): string {
  const all = whole(pieces);
  if (all.length <= limit) return all;
  const levels = pieces.map(() => 0);
  const textOf = (index: number) => {
    const forms = pieces[index]?.forms ?? [""];
    return forms[Math.min(levels[index] ?? 0, forms.length - 1)] ?? "";
  };
  const lengthOf = (index: number) => {
    const { length } = textOf(index);
    return length === 0 ? 0 : length + gap.length;
  };
  const cutNames = () => [
    ...new Set(pieces.filter((_, index) => (levels[index] ?? 0) > 0).map(({ what }) => what)),
  ];
  const longestNote = note([...new Set(pieces.map(({ what }) => what))]).length + gap.length;
  let length = pieces.reduce((sum, _, index) => sum + lengthOf(index), longestNote);
  const indexes = [...pieces.keys()];
  const ranks = [...new Set(pieces.map(({ rank }) => rank))].sort((a, b) => b - a);
  for (const rank of ranks) {
    const own = indexes.filter((index) => pieces[index]?.rank === rank);
    const steps = Math.max(...own.map((index) => pieces[index]?.forms.length ?? 1));
    for (let step = 1; step < steps && length > limit; step += 1) {
      for (const index of own.sort((a, b) => lengthOf(b) - lengthOf(a))) {
        if (length <= limit) break;
        if (step >= (pieces[index]?.forms.length ?? 1)) continue;
        length -= lengthOf(index);
        levels[index] = step;
        length += lengthOf(index);
      }
    }
  }
  const [first = "", ...rest] = indexes.map(textOf);
  const text = assembled([first, note(cutNames()), ...rest]);
  if (text.length <= limit) return text;
  // Nothing but the pointer is left where the limit is far below what GitHub takes.
  return note(["everything"]).slice(0, limit);
}
