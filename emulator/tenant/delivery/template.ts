/** Values by name; `application.name` stands for `{{ application.name }}`. */
export type TemplateValues = Readonly<Record<string, string>>;

/**
 * Fills a template in: `{{ name }}` of Liquid and `@@name@@` of the older macros. Nothing else of
 * Liquid is understood; a name without a value gives nothing, as in Liquid.
 */
export function fill(template: string, values: TemplateValues): string {
  return template.replace(
    /\{\{-?\s*([\w.]+)\s*-?\}\}|@@([\w.]+)@@/g,
    (_, liquid: string | undefined, macro: string | undefined) =>
      values[liquid ?? macro ?? ""] ?? "",
  );
}

/** The words of an HTML body, which stand beside it as `text`. */
export function wordsOf(html: string): string {
  return html
    .replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
