import type { User } from "../delivery/events.ts";
import { hex } from "../identifiers.ts";

export type Strategy = "email" | "sms";

/** Everyone who ever asked for a code, by strategy and recipient. */
export class People {
  readonly #users = new Map<string, User>();
  readonly #clock: () => number;

  /** @param clock - milliseconds since 1970 */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** The user of a recipient, made when it is new. */
  of(strategy: Strategy, recipient: string): User {
    const key = recipientKey(strategy, recipient);
    const known = this.#users.get(key);
    if (known) return known;
    const now = new Date(this.#clock()).toISOString();
    const user: User = {
      user_id: `${strategy}|${hex(24)}`,
      ...(strategy === "email" ? { email: recipient } : { phone_number: recipient }),
      created_at: now,
      updated_at: now,
      verified: false,
    };
    this.#users.set(key, user);
    return user;
  }

  /** Notes that a recipient has proved to be theirs. */
  verify(user: User): void {
    user.verified = true;
    user.updated_at = new Date(this.#clock()).toISOString();
  }
}

/** One name for a recipient however it is written: mail addresses are not case-sensitive. */
export function recipientKey(strategy: Strategy, recipient: string): string {
  return `${strategy}:${recipient.trim().toLowerCase()}`;
}
