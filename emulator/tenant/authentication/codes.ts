import { randomInt } from "node:crypto";

export interface CodeOptions {
  /** Digits; default 6. */
  readonly length?: number | undefined;
  /** Milliseconds; default three minutes. */
  readonly lifetime?: number | undefined;
}

interface PendingCode {
  readonly code: string;
  readonly expiresAt: number;
  failures: number;
}

const defaultLifetime = 3 * 60 * 1000;
const allowedFailures = 3;

/** One-time passcodes: only the newest of a recipient works, once, and three wrong tries void it. */
export class Codes {
  readonly #pending = new Map<string, PendingCode>();
  readonly #clock: () => number;

  /** @param clock - milliseconds since 1970 */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** A new code for a recipient, in place of any before it. */
  issue(recipient: string, { length = 6, lifetime = defaultLifetime }: CodeOptions = {}): string {
    const code = Array.from({ length }, () => randomInt(10)).join("");
    this.#pending.set(recipient, { code, expiresAt: this.#clock() + lifetime, failures: 0 });
    return code;
  }

  /** Whether a code is the recipient's; a right one is used up. */
  redeem(recipient: string, code: string): boolean {
    const pending = this.#pending.get(recipient);
    if (!pending) return false;
    const expired = this.#clock() >= pending.expiresAt;
    const right = !expired && pending.code === code;
    if (!right) pending.failures += 1;
    if (right || expired || pending.failures >= allowedFailures) this.#pending.delete(recipient);
    return right;
  }
}
