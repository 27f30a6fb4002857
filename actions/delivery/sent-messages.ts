/** A message that a vendor accepted. Times in milliseconds since 1970. */
export interface Delivered {
  /** The message's and its recipient's digests; the recipient's is empty without a code. */
  readonly message: string;
  readonly recipient: string;
  /** When the message was seen first, and when it was accepted. */
  readonly seen: number;
  readonly at: number;
  /** Digest of the transaction, or empty. */
  readonly transaction: string;
  /** Place of the step that accepted it in the environment's list. */
  readonly step: number;
}

/** A message that failed so far. */
export interface Waiting {
  /** When it was seen first. */
  readonly seen: number;
  /** Places of the steps that may have taken it all the same. */
  readonly unknown: readonly number[];
}

/** Beyond Auth0's last retry of a message. */
const keptMs = 12 * 60_000;
const mostKept = 5_000;
/** What goes to the cache, which takes 4,096 bytes an entry. */
const waitingBytes = 4_000;
/** Times of waiting messages are stored in units of this, in milliseconds. */
export const unitMs = 1_000;
/** The most that one delivery takes in the cache, and how many could ever fit. */
const wordBytes = 40;
const mostWords = 60;
/** Digits of digests in the cache. */
const messageDigits = 4;

const base = 36;

/** Messages that were delivered or wait for Auth0's next retry. */
export class SentMessages {
  readonly #delivered = new Map<string, Delivered>();
  /** The newest code of each recipient. */
  readonly #newest = new Map<string, Delivered>();
  readonly #waiting = new Map<string, Waiting>();
  /** The newest deliveries as the cache has them, the newest last. */
  #words = new Set<string>();

  delivered(message: string): Delivered | undefined {
    return this.#delivered.get(message);
  }

  /** The newest code that a recipient was sent. */
  newest(recipient: string): Delivered | undefined {
    return recipient ? this.#newest.get(recipient) : undefined;
  }

  waiting(message: string): Waiting | undefined {
    return this.#waiting.get(message.slice(0, messageDigits));
  }

  noteDelivered(one: Delivered): void {
    this.#waiting.delete(one.message.slice(0, messageDigits));
    keep(this.#delivered, one.message, one);
    this.#words.add(wordOf(one));
    if (this.#words.size > 2 * mostWords) this.#words = new Set([...this.#words].slice(-mostWords));
    const { recipient } = one;
    if (recipient && one.seen >= (this.#newest.get(recipient)?.seen ?? 0))
      keep(this.#newest, recipient, one);
  }

  noteWaiting(message: string, one: Waiting): void {
    keep(this.#waiting, message.slice(0, messageDigits), one);
  }

  /** The newest deliveries, a word each, in so many bytes. */
  deliveredText(bytes: number): string {
    const count = Math.max(0, Math.floor(bytes / wordBytes));
    return count ? [...this.#words].slice(-count).join(" ") : "";
  }

  mergeDelivered(text: string, now: number): void {
    for (const word of text ? text.split(" ") : []) {
      if (this.#words.has(word)) continue;
      const [message = "", recipient = "", seen = "", took = "", transaction = "", step = ""] =
        word.split(":");
      const since = parseInt(seen, base);
      const at = since + parseInt(took, base);
      if (at <= now && at > (this.#delivered.get(message)?.at ?? 0))
        this.noteDelivered({
          message,
          recipient,
          seen: since,
          at,
          transaction,
          step: Number(step),
        });
    }
  }

  /** The waiting messages, the newest first where not all fit, by when they were seen first. */
  waitingText(now: number): string {
    const groups = new Map<string, string>();
    let bytes = 0;
    for (const [message, { seen, unknown }] of [...this.#waiting].reverse()) {
      if (now - seen > keptMs) continue;
      const group = `${Math.floor(seen / unitMs).toString(base)}.${unknown.join("")}:`;
      const known = groups.get(group);
      bytes += message.length + (known === undefined ? group.length + 1 : 0);
      if (bytes > waitingBytes) break;
      groups.set(group, (known ?? "") + message);
    }
    return [...groups].map(([group, messages]) => group + messages).join(" ");
  }

  mergeWaiting(text: string, now: number): void {
    for (const word of text.split(" ")) {
      const [, time = "", places = "", messages = ""] = /^(\w+)\.(\d*):(.*)$/.exec(word) ?? [];
      const seen = parseInt(time, base) * unitMs;
      if (!(now - seen < keptMs)) continue;
      const one = { seen, unknown: places.split("").map(Number) };
      for (const message of messages.match(/.{4}/g) ?? [])
        if (!this.#waiting.has(message)) keep(this.#waiting, message, one);
    }
  }
}

const wordOf = ({ message, recipient, seen, at, transaction, step }: Delivered): string =>
  `${message}:${recipient}:${seen.toString(base)}:${(at - seen).toString(base)}:${transaction}:${step}`;

/** Puts an entry last, and lets the oldest go if there are too many. */
function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > mostKept) for (const oldest of map.keys()) return void map.delete(oldest);
}
