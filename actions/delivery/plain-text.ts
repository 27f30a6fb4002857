const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: " ",
};

function decoded(entity: string, name: string): string {
  if (!name.startsWith("#")) return entities[name] ?? entity;
  const point = Number(name.replace("#", "").replace(/^x/i, "0x"));
  return point < 0x110000 ? String.fromCodePoint(point) : entity;
}

/**
 * The text of an HTML message, for mail programs that show no HTML and filters that distrust mail
 * without text. Every pattern is linear: the HTML may be hostile and huge.
 */
export function plainText(html: string): string {
  // Odd pieces are the slash of a closing tag; what stands inside these elements is not shown.
  const pieces = html.split(/<(\/?)(?:style|script|head)\b[^<>]*>/i);
  return pieces
    .filter((_, index) => index % 2 === 0 && pieces[index - 1] !== "")
    .join("")
    .replace(/[\t\r\n ]+/g, " ")
    .replace(/<a\b[^<>]{0,999}?\bhref="([^"<>]{1,2000})"[^<>]*>([^<>]*)<\/a>/gi, "$2 ($1)")
    .replace(/<(br|\/p|\/div|\/tr|\/li|\/h\d)\b[^<>]*>/gi, "\n")
    .replace(/<[^<>]*>/g, "")
    .replace(/&(#?\w{1,8});/g, decoded)
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
