import { Parser } from "commonmark";

/** A node of parsed Markdown. */
export interface Token {
  readonly type: string;
  readonly literal: string;
}

/** Everything in a document, by CommonMark's reference implementation, in reading order. */
export function tokens(markdown: string): Token[] {
  const found: Token[] = [];
  const walker = new Parser().parse(markdown).walker();
  for (let step = walker.next(); step; step = walker.next()) {
    if (step.entering) found.push({ type: step.node.type, literal: step.node.literal ?? "" });
  }
  return found;
}

/** The HTML that a review is made of; values stand in it escaped, as code. */
const ownHtml =
  /^(<details>\n<summary>[^<>]*(<code>[^<>]*<\/code>[^<>]*)*<\/summary>|<\/details>|<!-- [\w .:/-]* -->)$/;

/** Characters that steer terminals or hide text; a line's end and a tab are none. */
const steering = /[\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u;

/**
 * What in a document is not of the review's own making: a link, an image, a heading, HTML, text that
 * GitHub would link or mention. Empty for a document that its contents could not break out of.
 */
export function breakouts(markdown: string): string[] {
  const wrong = tokens(markdown).flatMap(({ type, literal }) => {
    if (type === "link" || type === "image") return [type];
    if (type === "html_inline") return [`HTML ${literal}`];
    if (type === "html_block" && !ownHtml.test(literal)) return [`HTML ${literal}`];
    if (type === "text" && /@\w|https?:|www\.|#\d/.test(literal)) return [`text ${literal}`];
    return [];
  });
  const tables = markdown
    .replace(/^(`{3,}).*\n[^]*?\n\1$/gm, "")
    .split("\n")
    .filter((line) => line.startsWith("| "));
  const rows = tables
    .filter((line) => line.replace(/\\\|/g, "").split("|").length !== 5)
    .map((line) => `row ${line}`);
  return [...wrong, ...rows, ...(steering.test(markdown) ? ["unseen characters"] : [])];
}
