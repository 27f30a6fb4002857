const canonical = (tag: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
};

let languages: Intl.DisplayNames | undefined;

/** Whether a language's code is one that Unicode's data knows. */
function isLanguage(code: string): boolean {
  languages ??= new Intl.DisplayNames("en", { type: "language", fallback: "none" });
  return languages.of(code) !== undefined;
}

/** Whether a text is a BCP 47 tag, in its canonical form, of a language that exists. */
export function isLocale(tag: string): boolean {
  if (canonical(tag) !== tag) return false;
  const { language, region } = new Intl.Locale(tag);
  const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  return isLanguage(language) && (region === undefined || regions.of(region) !== undefined);
}

/** Languages whose English names people write instead of the code. */
const common =
  "ar bg ca cs da de el en es et fi fr he hi hr hu id it ja ko lt lv nl no pl pt ro ru sk sl sr sv th tr uk vi zh";

/** The tag that was probably meant by `de_AT`, `DE`, `en-uk` or `german`. */
export function nearestLocale(wrong: string): string | undefined {
  const tag = canonical(wrong.trim().replace(/_/g, "-"));
  if (tag !== undefined && isLocale(tag)) return tag;
  const names = new Intl.DisplayNames("en", { type: "language" });
  return common
    .split(" ")
    .find((code) => names.of(code)?.toLowerCase() === wrong.trim().toLowerCase());
}
