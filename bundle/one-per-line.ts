/** A list of plain values is one setting; up to this many characters it stays on one line. */
const shortList = 80;

// Characters that nobody sees, and those that end a line of JavaScript: in a comment, U+2028 would
// turn what follows into code.
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const escaped = (character: string) =>
  character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");

const scalar = (value: unknown) => JSON.stringify(value).replace(unseen, escaped);

const isContainer = (value: unknown): value is object =>
  typeof value === "object" && value !== null;

/**
 * A value as JSON with one setting per line, so that a changed setting is a changed line. Members
 * that are undefined are left out, and characters that nobody sees are escaped.
 *
 * @param indent - what the lines after the first begin with; default: nothing
 */
export function onePerLine(value: unknown, indent = ""): string {
  if (!isContainer(value)) return scalar(value);
  const inner = `${indent} `;
  const block = (open: string, lines: readonly string[], close: string) =>
    lines.length === 0
      ? `${open}${close}`
      : `${open}\n${lines.map((line) => `${inner}${line}`).join(",\n")}\n${indent}${close}`;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const line = `[${items.map((item) => (isContainer(item) ? "" : scalar(item))).join(", ")}]`;
    if (!items.some(isContainer) && line.length <= shortList) return line;
    return block(
      "[",
      items.map((item) => onePerLine(item, inner)),
      "]",
    );
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return block(
    "{",
    members.map(([name, member]) => `${scalar(name)}: ${onePerLine(member, inner)}`),
    "}",
  );
}
