import type { Digests } from "./key.ts";
import type { Memory } from "./memory.ts";
import { unitMs } from "./sent-messages.ts";

/** What makes a message this message; made by each channel. */
export interface Identity {
  /** Tenant, recipient and content. */
  readonly content: readonly string[];
  readonly recipient: string;
  /** Auth0's id of the request that the message belongs to, where the event has one. */
  readonly transaction: string;
  /** A test from the dashboard: whoever presses the button again wants it again, at once. */
  readonly isTest?: boolean;
}

/** A message told apart from all others. */
export interface Identified {
  readonly key: string;
  readonly id: string;
  readonly recipient: string;
  readonly transaction: string;
  /** When it was seen first, in milliseconds since 1970. */
  readonly firstSeen: number;
  /** An earlier execution delivered it. */
  readonly repeated: boolean;
}

/**
 * Auth0 runs an execution again 15 s after it failed at the earliest, and never one that was
 * accepted. The same content after that time is a new message: a warning, or a test, sent again.
 */
const sameForMs = 25_000;
/** Without a code, content alone says little: the time is part of the key, in steps of this. */
const periodMs = 15 * 60_000;

/**
 * Tells whether a message is new, and gives it its key: the same in every execution that Auth0 runs
 * for one request, another for the same content requested again.
 */
export function identify(
  digests: Digests,
  memory: Memory,
  { content, recipient, transaction, isTest = false }: Identity,
  expires: boolean,
  now: number,
): Identified {
  // Without a code, the same words in another transaction are another message.
  const id = digests.short(expires ? content : [...content, transaction]);
  const named = transaction && digests.short([transaction], 4);
  const before = memory.messages.delivered(id);
  const waiting = memory.messages.waiting(id);
  const again = waiting && !(before && before.at >= waiting.seen) ? waiting : undefined;
  const firstSeen = again?.seen ?? now;
  const sameTransaction = named && before?.transaction === named;
  const otherTransaction = named && before?.transaction && !sameTransaction;
  const repeated =
    before !== undefined &&
    !isTest &&
    !again &&
    !otherTransaction &&
    (sameTransaction || now - before.at < sameForMs);
  // A delivery before this message makes it a later one of the same content.
  const later = before && !repeated ? Math.floor(firstSeen / unitMs) : "";
  const period = expires || transaction ? "" : Math.floor(firstSeen / periodMs);
  return {
    key: digests.key([...content, expires ? "" : transaction, period, later]),
    id,
    recipient: expires ? digests.short([recipient], 6) : "",
    transaction: named,
    firstSeen,
    repeated,
  };
}
