/**
 * A BCP 47 tag as the language and region that speech engines know, e.g. `de` as `de-DE` and
 * `zh-Hant` as `zh-TW`; `en-US` for no tag or an invalid one.
 */
export function spokenLanguage(locale: string | undefined): string {
  try {
    const { language, region } = new Intl.Locale(locale ?? "en-US").maximize();
    // Speech engines know Norwegian by the name of its written form.
    return region ? `${language === "no" ? "nb" : language}-${region}` : "en-US";
  } catch {
    return "en-US";
  }
}

/**
 * The language of a vendor's list (`en-US de-DE …`) that is nearest to a locale: the same, else the
 * first that differs in region alone, else the first of the list.
 */
export function nearestLanguage(spoken: string, locale: string | undefined): string {
  const wanted = spokenLanguage(locale);
  const languages = spoken.split(" ");
  const language = wanted.slice(0, wanted.indexOf("-") + 1);
  return (
    languages.find((one) => one === wanted) ??
    languages.find((one) => one.startsWith(language)) ??
    languages[0] ??
    wanted
  );
}

/**
 * The entry of a comma-separated list of languages that suits a BCP 47 tag: the same language and
 * region, else the same language; `undefined` where none does.
 */
export function languageAmong(list: string, locale = ""): string | undefined {
  const same = (entry: string) => entry.toLowerCase().replace("_", "-");
  const language = (tag: string) => same(tag).split("-")[0];
  const all = list.split(",");
  return (
    all.find((entry) => same(entry) === same(locale)) ??
    all.find((entry) => language(entry) === language(locale))
  );
}
