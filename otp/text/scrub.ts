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

/** Every form has at least as many characters, so that these say where one can begin. */
const prefix = shortest;

interface Bucket {
  /** Lengths of the forms with one beginning, the longest first. */
  readonly lengths: number[];
  readonly forms: Set<string>;
}

function bucketsOf(all: readonly string[]): Map<string, Bucket> {
  const buckets = new Map<string, Bucket>();
  for (const form of all) {
    const key = form.slice(0, prefix);
    const bucket = buckets.get(key) ?? { lengths: [], forms: new Set() };
    buckets.set(key, bucket);
    bucket.forms.add(form);
    if (!bucket.lengths.includes(form.length)) bucket.lengths.push(form.length);
  }
  for (const { lengths } of buckets.values()) lengths.sort((a, b) => b - a);
  return buckets;
}

const inWord = /^[\p{L}\p{N}]$/u;
const lastOf = (text: string, end: number) =>
  Array.from(text.slice(Math.max(0, end - 2), end)).at(-1);

/** Whether a short form stands alone at a place, and not inside a word. */
function standsAlone(text: string, start: number, end: number): boolean {
  const [after] = text.slice(end, end + 2);
  const before = lastOf(text, start);
  return !inWord.test(before ?? " ") && !inWord.test(after ?? " ");
}

/**
 * Makes a scrubber. One pass over a text finds all secrets, however many there are.
 *
 * @param secrets - values as they are; those under 4 characters are skipped, those under 6 are
 * found only where they stand alone
 */
export function createScrubber(secrets: readonly string[]): Scrubber {
  const known = [...new Set(secrets)].filter(({ length }) => length >= shortest);
  if (known.length === 0) return { scrub: (text) => text, finds: () => false };
  const buckets = bucketsOf([...new Set(known.flatMap(forms))]);
  /** The length of the longest secret that begins at a place; 0 if none does. */
  const lengthAt = (text: string, start: number): number => {
    const bucket = buckets.get(text.slice(start, start + prefix));
    const found = bucket?.lengths.find((length) => {
      const form = text.slice(start, start + length);
      if (form.length < length || !bucket.forms.has(form)) return false;
      return length >= distinctive || standsAlone(text, start, start + length);
    });
    return found ?? 0;
  };
  return {
    scrub: (text) => {
      let clean = "";
      let kept = 0;
      for (let at = 0; at + prefix <= text.length;) {
        const length = lengthAt(text, at);
        if (length === 0) {
          at += 1;
          continue;
        }
        clean += `${text.slice(kept, at)}${mark}`;
        at += length;
        kept = at;
      }
      return kept === 0 ? text : clean + text.slice(kept);
    },
    finds: (text) => {
      for (let at = 0; at + prefix <= text.length; at += 1) if (lengthAt(text, at) > 0) return true;
      return false;
    },
  };
}
