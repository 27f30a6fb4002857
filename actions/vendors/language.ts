/** Languages that vendors' lists name in another way than BCP 47 prefers. */
const preferred: Readonly<Record<string, string>> = {
  arb: "ar",
  cmn: "zh",
  nn: "nb",
  no: "nb",
  tl: "fil",
  yue: "zh",
};

/** A tag in the one spelling that tags are compared in, e.g. `pt-br` for `pt_BR`. */
function comparable(tag: string): string {
  return tag
    .toLowerCase()
    .replaceAll("_", "-")
    .replace(/^[a-z]+/, (language) => preferred[language] ?? language);
}

/** What is readable of a locale: one tag, or a header's list such as `de-DE,de;q=0.9`. */
function readable(locale = ""): readonly Intl.Locale[] {
  return locale
    .split(",", 8)
    .map((entry) => entry.replace(/[;.@].*$/s, "").trim())
    .flatMap((tag) => {
      try {
        return new Intl.Locale(tag.replaceAll("_", "-"));
      } catch {
        return [];
      }
    });
}

/**
 * The first language of a locale as a BCP 47 tag, for vendors that take any.
 *
 * @param locale - as an event gives it: `de`, `de_DE` or the list of a header
 * @returns `undefined` if no tag is readable
 */
export function languageTag(locale: string | undefined): string | undefined {
  return readable(locale)[0]?.baseName;
}

/**
 * The entry of a vendor's list that suits a locale: the same language and region, else the same
 * language, else the language in another region (the first that is listed).
 *
 * @param list - languages in the vendor's own spelling, separated by commas or spaces; the usual
 * region of a language first
 * @param locale - as an event gives it: `de`, `de_DE` or the list of a header, most wanted first
 * @returns an entry of the list, never anything of the locale; `undefined` if none suits
 */
export function languageAmong(list: string, locale: string | undefined): string | undefined {
  const entries = list.split(/[\s,]+/).map((entry) => [comparable(entry), entry] as const);
  const find = (test: (tag: string) => boolean) => entries.find(([tag]) => test(tag))?.[1];
  for (const one of readable(locale)) {
    const { language, region = "" } = one.maximize();
    const base = comparable(language);
    const wanted = [one.baseName, `${language}-${region}`, base].map(comparable);
    const found = wanted.map((tag) => find((listed) => listed === tag)).find(Boolean);
    const same = found ?? find((listed) => listed.startsWith(`${base}-`));
    if (same) return same;
  }
  return undefined;
}
