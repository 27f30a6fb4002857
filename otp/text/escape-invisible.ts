// Control, format, surrogate, private-use and ignorable characters, and Unicode's line breaks:
// none is seen on a page, so each can hide what a reviewer would otherwise notice.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The emoji selector, which is seen after a picture alone: "✉️" in a subject is no riddle. */
const emojiSelector = "\uFE0F";
const picture = /\p{Extended_Pictographic}$/u;

// Letters of these are drawn like Latin ones.
const lookalike =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}\uFF01-\uFF5E]/gu;
const word = /[\p{L}\p{M}\p{N}_.@]+/gu;

const named = (character: string) =>
  `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`;

function shown(character: string, offset: number, text: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === emojiSelector && picture.test(text.slice(Math.max(0, offset - 2), offset)))
    return character;
  // Unicode has a picture for each of the ASCII controls.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return named(character);
}

/** Names the letters of other scripts in words that hold Latin ones: `p⟨а U+0430⟩ypal`. */
function markMixed(text: string): string {
  return text.replace(word, (one) =>
    /\p{Script=Latin}/u.test(one)
      ? one.replace(lookalike, (letter) => `⟨${letter} ${named(letter).slice(1)}`)
      : one,
  );
}

/**
 * A text on one line in which every character can be seen: ESC reads `␛`, a line's end `␊`, and
 * letters that only look Latin are named.
 */
export function visible(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : markMixed(text.replace(unseen, shown));
}

/** One line of code in which every character can be seen, but for tabs, which indent it. */
export function visibleLine(line: string): string {
  return line.split("\t").map(visible).join("\t");
}

/**
 * Lines for a terminal: none of the characters that move its cursor, colour it, ring it or turn
 * its direction reaches it.
 */
export function visibleLines(text: string): string {
  return text.replace(/\r\n/g, "\n").split("\n").map(visibleLine).join("\n");
}
