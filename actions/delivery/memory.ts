import type { Cache } from "./io.ts";
import { recall, remember } from "./io.ts";

/** Long enough for Auth0's last retry of a message. */
const keptMs = 15 * 60_000;
/** Records kept, newest first to go for what is pending: the oldest are the ones about to expire. */
const kept = { sent: 90, late: 180 };

// A record is 8 digits of the key, 6 of the second in base 36, and one of where to start.
const records = (text: string) => text.match(/[0-9a-f]{8}[0-9a-z]{7}/g) ?? [];
const record = (key: string, now: number, start: number) =>
  key.slice(0, 8) +
  Math.floor(now / 1000)
    .toString(36)
    .padStart(6, "0")
    .slice(-6) +
  start.toString(36).slice(-1);
const time = (text: string) => parseInt(text.slice(8, 14), 36) * 1000;

export interface Memory {
  /** An earlier execution had it accepted. */
  readonly sent: boolean;
  /** When an execution saw the message first, in milliseconds since 1970. */
  readonly firstSeen: number;
  /** The index of the step that the next execution starts with. */
  readonly start: number;
}

/**
 * What earlier executions noted of a message.
 * @param lifetimeMs - for how long an acceptance counts: the same text later is a new message
 */
export async function known(
  cache: Cache,
  key: string,
  now: number,
  lifetimeMs: number,
): Promise<Memory> {
  const find = async (entry: string, maxAge: number) =>
    records(await recall(cache, entry)).find(
      (text) => text.startsWith(key.slice(0, 8)) && now - time(text) < maxAge,
    );
  const late = await find("late", keptMs);
  return {
    sent: (await find("sent", lifetimeMs)) !== undefined,
    firstSeen: late ? Math.min(now, time(late)) : now,
    start: late ? parseInt(late.slice(14), 36) : 0,
  };
}

async function note(cache: Cache, entry: "sent" | "late", key: string, now: number, text: string) {
  const others = records(await recall(cache, entry)).filter(
    (other) => !other.startsWith(key.slice(0, 8)) && now - time(other) < keptMs,
  );
  const all = [...others, text];
  const few = entry === "sent" ? all.slice(-kept.sent) : all.slice(0, kept.late);
  await remember(cache, entry, few.join(""), keptMs);
}

/** Notes that a message is accepted, so that a further execution does not send it again. */
export function noteSent(cache: Cache, key: string, now: number): Promise<void> {
  return note(cache, "sent", key, now, record(key, now, 0));
}

/** Notes that a message was not delivered: when it was first seen, and whom to ask first. */
export function noteLate(cache: Cache, key: string, now: number, firstSeen: number, start: number) {
  return note(cache, "late", key, now, record(key, firstSeen, start));
}
