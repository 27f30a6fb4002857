/** What a template puts in the place of the code: Liquid, with or without filters, or the older macro. */
const placeholder = String.raw`\{\{-?\s*(?:code|password)\b[^{}]*\}\}|@@password@@`;

/**
 * A template (HTML) whose code is marked with the attribute `data-otp`, which no mail program shows.
 * The first place counts that people read; what is marked already stays as it is.
 */
export function markCode(template: string): string {
  if (/\sdata-otp\b/.test(template)) return template;
  const hidden = String.raw`<!--[^]*?-->|<(head|style|script|title)\b[^]*?<\/\1\s*>|<[^<>]*>`;
  let done = false;
  return template.replace(new RegExp(`${hidden}|${placeholder}`, "gi"), (found) => {
    if (done || found.startsWith("<")) return found;
    done = true;
    return `<span data-otp>${found}</span>`;
  });
}

/**
 * The code that an e-mail's HTML marks with the attribute `data-otp`: e-mail events have no field for
 * it, and a number in the text may be anything. `undefined` if nothing is marked, or two different
 * codes are.
 */
export function markedCode(html: string): string | undefined {
  const marked = html.matchAll(/<[a-z][^<>]*\sdata-otp(?:[\s=][^<>]*)?>([\w\s-]{4,40})</gi);
  const codes = new Set(Array.from(marked, ([, text = ""]) => text.replace(/[\s-]/g, "")));
  const [code = "", ...others] = codes;
  return others.length === 0 && /^[a-z0-9]{4,10}$/i.test(code) ? code : undefined;
}
