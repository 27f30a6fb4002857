import type { Io } from "./io.ts";
import { recall, remember } from "./io.ts";

/** Beyond Auth0's last retry of a message. */
const keptMs = 15 * 60_000;

/** Messages kept, so that all that is remembered stays far below the cache's 8 kB. */
const kept = { sent: 40, late: 100 };

/** When a message was seen first, in milliseconds since 1970, and the step to start with next. */
type Note = readonly [seen: number, start: number];

/** Short, and not all digits: objects would sort such keys first. */
const short = (key: string) => `k${key.slice(0, 7)}`;

/** What earlier executions noted: `sent`, a vendor has the message; `late`, none has it yet. */
export async function noted(io: Io, kind: keyof typeof kept, key: string) {
  return (await recall<Record<string, Note>>(io, kind))[short(key)];
}

/**
 * Notes a message. Where there are too many, the oldest that was sent is forgotten, but the newest
 * that is late: the oldest are the next to expire.
 */
export async function note(io: Io, kind: keyof typeof kept, key: string, own: Note) {
  const others = Object.entries(await recall<Record<string, Note>>(io, kind)).filter(
    ([name, note]) => name !== short(key) && io.now() - (note?.[0] ?? 0) < keptMs,
  );
  const all = [...others, [short(key), own]];
  const few = kind === "sent" ? all.slice(-kept.sent) : all.slice(0, kept.late);
  await remember(io, kind, Object.fromEntries(few) as object, keptMs);
}
