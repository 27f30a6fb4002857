const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

function decoded(entity: string, name: string): string {
  const point = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name);
  if (!point) return entities[name.toLowerCase()] ?? entity;
  const number = point[1] ? parseInt(point[1], 16) : Number(point[2]);
  return number > 0 && number < 0x110000 ? String.fromCodePoint(number) : entity;
}

/**
 * The text of an HTML message, for mail programs that show no HTML and filters that distrust mail
 * without text. Every pattern is linear: the HTML may be hostile and huge.
 */
export function plainText(html: string): string {
  // Odd pieces are the slash of a closing tag; what stands inside these elements is not shown.
  let hidden = false;
  const shown = html.split(/<(\/?)(?:style|script|head)\b[^<>]*>/i).filter((piece, index) => {
    if (index % 2) hidden = piece === "";
    return index % 2 === 0 && !hidden;
  });
  return shown
    .join("")
    .replace(/[\t\r\n ]+/g, " ")
    .replace(/<a\b[^<>]{0,999}?\bhref="([^"<>]{1,2000})"[^<>]*>([^<>]*)<\/a>/gi, "$2 ($1)")
    .replace(/<(?:br|\/p|\/div|\/tr|\/li|\/h\d)\b[^<>]*>/gi, "\n")
    .replace(/<[^<>]*>/g, "")
    .replace(/&(#?\w{1,8});/g, decoded)
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
