import { bareRecipient } from "./message-book.ts";
import type { Message } from "./messages.ts";

/** Finds what must not be written down: codes and recipients of a run's messages, and secrets. */
export class LeakFinder {
  readonly #private = new Set<string>();
  readonly #secrets: readonly string[];

  constructor(secrets: Readonly<Record<string, string>>) {
    this.#secrets = Object.values(secrets);
  }

  add({ code, recipient }: Message): void {
    this.#private.add(code).add(bareRecipient(recipient));
  }

  /** Whether a text holds a code, a recipient (a number with its plus sign or without) or a secret. */
  leaks(text: string): boolean {
    for (const [word] of text.matchAll(/otp-\d{7}|\d{6,15}/g))
      if (this.#private.has(word)) return true;
    return this.#secrets.some((secret) => text.includes(secret));
  }
}
