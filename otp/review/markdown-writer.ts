import type { Words } from "./safe-text.ts";
import { createHash } from "node:crypto";
import { visible, visibleLine } from "../text/escape-invisible.ts";

/** Longest value that is quoted inside a sentence, in characters. */
const quotable = 300;
/** Longest line in a fence, in characters; longer ones go on in the next. */
const longestLine = 160;

/** The one way in which anything of a plan reaches a document. */
export interface Pen {
  /** A value as a code span, in which GitHub neither links, mentions nor interprets. */
  code(value: string): string;
  /** A name as it is where it is plain, else as a code span. */
  name(value: string): string;
  /** A sentence as Markdown. */
  words(words: Words): string;
  /** A sentence as plain text on one line. */
  plain(words: Words): string;
  /** A cell of a table. */
  cell(words: Words): string;
  /** A sentence inside HTML, where Markdown is not read, such as a `<summary>`. */
  html(words: Words): string;
  /** Lines in a fence that none of them can close. */
  fence(lines: readonly string[], language: string): string;
  /** A label of a Mermaid node, in quotes. */
  label(value: string): string;
  /** Markdown of this project's own making, with secrets and unseen characters taken out. */
  trusted(markdown: string): string;
}

const longestRun = (text: string) =>
  (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);

const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 12);

/**
 * A value that fits into a sentence. A longer one ends with its digest, so that two that differ
 * never look alike; the attributes and the code hold it whole.
 */
const shortened = (text: string) =>
  text.length > quotable
    ? `${text.slice(0, quotable).toWellFormed()}… (${text.length} characters, SHA-256 ${digest(text)})`
    : text;

/** A line as lines that can be read; each goes on with the sign that it has in a diff. */
function broken(line: string, language: string): string[] {
  if (line.length <= longestLine) return [line];
  const sign = language === "diff" && /^[-+ ]/.test(line) ? line.charAt(0) : "";
  const characters = Array.from(line.slice(sign.length));
  const lines: string[] = [];
  for (let start = 0; start < characters.length; start += longestLine)
    lines.push(
      `${sign}${start === 0 ? "" : "↪"}${characters.slice(start, start + longestLine).join("")}`,
    );
  return lines;
}

/** Makes a pen that takes secrets out of all that it writes. */
export function createPen(scrub: (text: string) => string): Pen {
  const quoted = (value: string) => visible(shortened(scrub(value)));
  const code = (value: string) => {
    const text = quoted(value) || "(empty)";
    const ticks = "`".repeat(longestRun(text) + 1);
    // Without spaces, a backtick at the edge would belong to the span's own.
    const space = /^[` ]|[` ]$/.test(text) ? " " : "";
    return `${ticks}${space}${text}${space}${ticks}`;
  };
  const written = ({ parts }: Words, value: (text: string) => string) =>
    parts.map((part) => (typeof part === "string" ? part : value(part.value))).join("");
  const escaped = (value: string) =>
    `<code>${quoted(value).replace(/[&<>"'`]/g, (sign) => `&#${String(sign.charCodeAt(0))};`)}</code>`;
  const words = (sentence: Words) => written(sentence, code);
  return {
    code,
    name: (value) => (/^[a-z0-9][a-z0-9-]{0,62}$/i.test(scrub(value)) ? scrub(value) : code(value)),
    words,
    plain: (sentence) => scrub(written(sentence, quoted)),
    // GitHub takes the backslash away again, inside code spans too.
    cell: (sentence) => words(sentence).replaceAll("|", "\\|"),
    html: (sentence) => written(sentence, escaped),
    fence: (lines, language) => {
      const text = lines
        .flatMap((line) => scrub(line).split("\n"))
        .flatMap((line) => broken(line, language))
        .map(visibleLine);
      const longest = text.reduce((most, line) => Math.max(most, longestRun(line)), 2);
      const ticks = "`".repeat(longest + 1);
      return [`${ticks}${language}`, ...text, ticks].join("\n");
    },
    // Mermaid has a syntax and an HTML of its own: only what is neither gets in.
    label: (value) => `"${shortened(scrub(value)).replace(/[^\p{L}\p{N} _./+,()-]/gu, "_")}"`,
    trusted: (markdown) => scrub(markdown).split("\n").map(visibleLine).join("\n"),
  };
}
