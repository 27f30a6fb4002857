const namedEntities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

const unseen = new Set(["head", "style", "script", "title", "template"]);
const breaking = new Set(["br", "p", "div", "tr", "td", "li", "h1", "h2", "h3", "table", "hr"]);

/**
 * The readable text of an HTML body. It walks the string once and never backtracks, because
 * messages are hostile input.
 */
export function textOfHtml(html: string): string {
  const lower = html.toLowerCase();
  let text = "";
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open === -1) {
      text += html.slice(at);
      break;
    }
    text += html.slice(at, open);
    if (lower.startsWith("<!--", open)) {
      at = after(lower, "-->", open);
      continue;
    }
    const [, closing, name] = /^<(\/?)([a-z][a-z0-9]*)/.exec(lower.slice(open, open + 16)) ?? [];
    if (name === undefined) {
      const isMarkup = lower[open + 1] === "!" || lower[open + 1] === "/";
      if (!isMarkup) text += "<";
      at = isMarkup ? after(lower, ">", open) : open + 1;
      continue;
    }
    at = after(lower, ">", open);
    if (closing === "" && unseen.has(name)) at = after(lower, ">", after(lower, `</${name}`, at));
    if (breaking.has(name)) text += "\n";
  }
  return decodeEntities(text)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found === -1 ? text.length : found + end.length;
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, ...groups) => {
    const [decimal, hex, name] = groups as (string | undefined)[];
    if (name !== undefined) return namedEntities[name.toLowerCase()] ?? whole;
    const point = decimal === undefined ? parseInt(hex ?? "", 16) : parseInt(decimal, 10);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

// Digits that belong to a phone number, an amount, a date, an address or a colour are no code.
const digits = /(?<![\w+.,/#&=-])\d{4,8}(?![\w/=-]|[.,:]\d)/g;
// The last line that lets a browser fill the code in (origin-bound one-time codes).
const originBound = /^@\S{1,255} #(\w{4,12})\s*$/m;
const nameOfCode = /\b(?:code|otp|passcode|pin)\b/i;

/**
 * The one-time passcode in a text: the one in an origin-bound last line, else the first number
 * of six digits (what Auth0 sends unless told otherwise), else the first of four to eight digits
 * within 40 characters of a word for a code. `undefined` where there is none.
 */
export function findCode(text: string): string | undefined {
  const bound = originBound.exec(text)?.[1];
  if (bound !== undefined) return bound;
  const found = [...text.matchAll(digits)];
  const usual = found.find(([number]) => number.length === 6);
  const named = found.find(({ 0: number, index }) =>
    nameOfCode.test(text.slice(Math.max(0, index - 40), index + number.length + 40)),
  );
  return (usual ?? named)?.[0];
}
