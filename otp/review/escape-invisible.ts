// Control, format, surrogate, private-use and ignorable characters, and Unicode's line breaks:
// none is seen on a page, so each can hide what a reviewer would otherwise notice.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The emoji selector; without it, "✉️" in a message's subject would read as a riddle. */
const emojiSelector = "\uFE0F";

function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === emojiSelector) return character;
  // Unicode has a picture for each of the ASCII controls.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/** A text on one line in which every character can be seen: ESC reads `␛`, a line's end `␊`. */
export function visible(text: string): string {
  return text.replace(unseen, shown);
}

/** One line of code in which every character can be seen, but for tabs, which indent it. */
export function visibleLine(line: string): string {
  return line.split("\t").map(visible).join("\t");
}
