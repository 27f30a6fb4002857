/** Stands where a secret was; holds no letter, so that no secret can be in it. */
const mark = "•••••";

/** Shorter values are no secrets and would blot out half of every sentence. */
const shortest = 4;
/** From here on a value is looked for inside words too. */
const distinctive = 6;

/** Takes known secret values out of texts. */
export interface Scrubber {
  /** The text without the secrets, in whatever form they stand in it. */
  scrub(text: string): string;
  /** Whether any secret is in the text. */
  finds(text: string): boolean;
}

/** The part of a secret's base64 that does not depend on what stands before and after it. */
function base64Cores(secret: string): string[] {
  return [0, 2, 3].map((start, offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    return bytes.toString("base64").slice(start, Math.floor((bytes.length * 8) / 6));
  });
}

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** Every form in which a secret is looked for: as it is, and as common encodings write it. */
export function forms(secret: string): string[] {
  const json = inJson(secret);
  // Terraform's jsonencode, as Go's, escapes what HTML would read.
  const goJson = json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  const nested = [inJson(json), inJson(goJson)];
  const url = encodeURIComponent(secret);
  const strictUrl = url.replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const hex = Buffer.from(secret).toString("hex");
  const base64 = base64Cores(secret);
  const html = secret
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
  const all = [
    secret,
    json,
    goJson,
    ...nested,
    ...nested.map(inJson),
    url,
    strictUrl,
    url.replaceAll("%20", "+"),
    url.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
    html,
    html.replaceAll("'", "&#39;"),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((core) => core.replaceAll("+", "-").replaceAll("/", "_")),
    // A key of several lines is shown, and then found, line by line.
    ...secret.split(/\r?\n/).filter((line) => line.length >= distinctive),
  ];
  return [...new Set(all)].filter((form) => form.length >= distinctive || form === secret);
}

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/**
 * Makes a scrubber.
 *
 * @param secrets - values as they are; those under 4 characters are passed over, those under 6 are
 * found only where they stand alone
 */
export function createScrubber(secrets: readonly string[]): Scrubber {
  const known = [...new Set(secrets)].filter(({ length }) => length >= shortest);
  if (known.length === 0) return { scrub: (text) => text, finds: () => false };
  const patterns = [...new Set(known.flatMap(forms))]
    // The longest first, so that a secret that begins another leaves no rest of it.
    .sort((a, b) => b.length - a.length)
    .map((form) => {
      const pattern = literally(form);
      return form.length < distinctive
        ? `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`
        : pattern;
    });
  const all = new RegExp(patterns.join("|"), "gu");
  return {
    scrub: (text) => text.replace(all, mark),
    finds: (text) => text.search(all) >= 0,
  };
}
