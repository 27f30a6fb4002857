/**
 * A sentence of ours with values of others in it. The two are kept apart until the sentence is
 * written, so that no value is ever taken for Markdown.
 */
export interface Words {
  readonly parts: readonly (string | { readonly value: string })[];
}

/**
 * Makes words of a template: its text is ours, its strings are a plan's, its numbers and words are
 * safe.
 */
export function say(
  text: TemplateStringsArray,
  ...values: readonly (string | number | Words)[]
): Words {
  const parts = text.flatMap((own, index) => {
    const value = values[index];
    if (value === undefined) return [own];
    if (typeof value === "number") return [own, String(value)];
    return typeof value === "string" ? [own, { value }] : [own, ...value.parts];
  });
  return { parts };
}

/** Words of ours alone. */
export function own(text: string): Words {
  return { parts: [text] };
}

/** Words one after the other, e.g. with `", "` between them. */
export function joined(words: readonly Words[], separator: string): Words {
  return {
    parts: words.flatMap(({ parts }, index) => (index > 0 ? [separator, ...parts] : parts)),
  };
}

/** Values as a list: `a`, `b` and `c`. */
export function listed(values: readonly string[]): Words {
  return listedWords(values.map((value) => ({ parts: [{ value }] })));
}

/** Words as a list: a, b and c. */
export function listedWords(words: readonly Words[]): Words {
  const last = words.at(-1);
  if (!last || words.length === 1) return last ?? own("none");
  return joined([joined(words.slice(0, -1), ", "), last], " and ");
}
