/** What a key in code is known by. */
interface KeyShape {
  /** Such as `SendGrid API key`. */
  readonly what: string;
  /** Its first group, if it has one, is the key; else all of it. */
  readonly pattern: RegExp;
}

// Shapes that vendors document for their keys; they are keys wherever they stand.
const vendorShapes: readonly KeyShape[] = [
  {
    what: "private key",
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  },
  { what: "SendGrid API key", pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/g },
  { what: "Twilio API key", pattern: /\bSK[0-9a-f]{32}\b/g },
  { what: "Mailgun API key", pattern: /\bkey-[0-9a-zA-Z]{32}\b/g },
  { what: "Mailgun API key", pattern: /\b[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}\b/g },
  { what: "Brevo API key", pattern: /\bx(?:keysib|smtpsib)-[\w-]{20,}/g },
  { what: "Resend API key", pattern: /\bre_[A-Za-z0-9_]{16,}/g },
  { what: "Mandrill API key", pattern: /\bmd-[\w-]{20,}/g },
  { what: "AWS access key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { what: "Google API key", pattern: /\bAIza[\w-]{30,}/g },
  { what: "Stripe key", pattern: /\b[rs]k_(?:live|test)_\w{10,}/g },
  { what: "GitHub token", pattern: /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,})/g },
  { what: "Slack token", pattern: /\bxox[abeoprs]-[\w-]{10,}/g },
  { what: "JSON web token", pattern: /\beyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]*/g },
  {
    what: "Azure access key",
    pattern: /(?:access|account|sharedaccess)key=([A-Za-z0-9+/=]{20,})/gi,
  },
  {
    what: "password in an address",
    pattern: /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@"'`]{0,200}:([^\s/@"'`]{1,200})@/gi,
  },
  { what: "credentials of a request", pattern: /\b(?:Basic|Bearer)\s+([A-Za-z0-9+/=._~-]{12,})/g },
];

// A text that is given to something named like a secret.
const secretName = String.raw`(?:key|token|secret|passw(?:or)?d|passphrase|pwd|credential|authorization|auth_?id|auth|signature|salt|pin)[\w$-]{0,40}`;
const namedShapes: readonly KeyShape[] = [
  {
    what: "text named like a secret",
    pattern: new RegExp(
      String.raw`(?:${secretName})["'\x60\]]*\s*(?:[:=]|\?\?|\|\||,)\s*["'\x60]([^"'\x60\n]{6,})["'\x60]`,
      "gi",
    ),
  },
];

const quoted = /["'`]([A-Za-z0-9+/=_.~:-]{20,})["'`]/g;

/** Bits per character of a text's own distribution (Shannon). */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => {
    const share = count / text.length;
    return bits - share * Math.log2(share);
  }, 0);
}

/** Whether a text is as random as a key; addresses, paths and names in words are not. */
function isRandom(text: string): boolean {
  if (/:\/\/|^[a-z]+([-_.][a-z]+)*$|^[A-Za-z]+$|^[\d.]+$/.test(text)) return false;
  if (!/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  const isHex = /^[0-9a-f-]+$/i.test(text);
  return entropy(text) >= (isHex ? 3 : 3.7);
}

/** A key-like text in code. */
export interface FoundKey {
  /** What it looks like. */
  readonly what: string;
  /** From 1. */
  readonly line: number;
}

/** Code without its keys. */
export interface MaskedCode {
  readonly code: string;
  /** Where they were; never what they were. */
  readonly found: readonly FoundKey[];
}

interface Span extends FoundKey {
  readonly start: number;
  readonly end: number;
}

function spansOf(code: string, isOwn: boolean): Span[] {
  const spans: Span[] = [];
  const ends = Array.from(code.matchAll(/\n/g), ({ index }) => index);
  const lineAt = (index: number) => 1 + ends.findLastIndex((end) => end < index) + 1;
  const add = (what: string, match: RegExpExecArray) => {
    const inner = match[1] ?? match[0];
    const start = match.index + match[0].lastIndexOf(inner);
    const end = start + inner.length;
    if (spans.some((one) => start < one.end && end > one.start)) return;
    spans.push({ what, start, end, line: lineAt(start) });
  };
  const shapes = isOwn ? vendorShapes.slice(0, -1) : [...vendorShapes, ...namedShapes];
  for (const { what, pattern } of shapes)
    for (const match of code.matchAll(pattern)) {
      // A reference such as `${event.secrets.KEY}` holds no key.
      if (!/\$\{|^(?:event|process)\./.test(match[1] ?? match[0])) add(what, match);
    }
  if (!isOwn)
    for (const match of code.matchAll(quoted))
      if (isRandom(match[1] ?? "")) add("random text", match);
  return spans.sort((one, other) => one.start - other.start);
}

/**
 * Takes out of code what looks like a key: the shapes that vendors document, texts given to
 * something named like a secret, and random texts. Equal keys get equal marks, others others, so
 * that a change of a key still shows.
 *
 * @param isOwn - whether this project built the code: then only vendors' shapes are looked for
 */
export function maskKeys(code: string, isOwn = false): MaskedCode {
  const spans = spansOf(code, isOwn);
  const numbers = new Map<string, number>();
  let at = 0;
  let masked = "";
  for (const { start, end } of spans) {
    const key = code.slice(start, end);
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    // A key of several lines keeps them, so that lines are counted as in the code.
    const lines = key.split("\n").map(() => `▒▒▒▒▒${String(number)}`);
    masked += `${code.slice(at, start)}${lines.join("\n")}`;
    at = end;
  }
  return {
    code: masked + code.slice(at),
    found: spans.map(({ what, line }) => ({ what, line })),
  };
}
