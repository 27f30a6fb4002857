import type { Io } from "./io.ts";
import { recall, remember } from "./io.ts";

/** Beyond Auth0's last retry of a message. */
const keptMs = 15 * 60_000;

/** Messages kept, so that all that is remembered stays far below the cache's 8 kB. */
const kept = { sent: 40, late: 100 };

/** When a message was seen first, in milliseconds since 1970, and the step to start with next. */
type Note = readonly [seen: number, start: number];

// A word is 12 digits of the key, so that no two messages are taken for one, 13 of the time and the
// step. Words, because an object whose every name is new costs more than the delivery itself.
const short = (key: string) => key.slice(0, 12);
const read = (word: string): Note => [Number(word.slice(12, 25)), Number(word.slice(25))];

async function words(io: Io, kind: keyof typeof kept): Promise<string[]> {
  const { notes } = await recall<{ notes: string }>(io, kind);
  return typeof notes === "string" ? notes.split(" ") : [];
}

/** What earlier executions noted: `sent`, a vendor has the message; `late`, none has it yet. */
export async function noted(io: Io, kind: keyof typeof kept, key: string) {
  const word = (await words(io, kind)).find((one) => one.startsWith(short(key)));
  return word ? read(word) : undefined;
}

/**
 * Notes a message. Where there are too many, the oldest that was sent is forgotten, but the newest
 * that is late: the oldest are the next to expire.
 */
export async function note(io: Io, kind: keyof typeof kept, key: string, [seen, start]: Note) {
  const others = (await words(io, kind)).filter(
    (word) => !word.startsWith(short(key)) && io.now() - read(word)[0] < keptMs,
  );
  const all = [...others, `${short(key)}${String(seen).padStart(13, "0")}${String(start)}`];
  const few = kind === "sent" ? all.slice(-kept.sent) : all.slice(0, kept.late);
  await remember(io, kind, { notes: few.join(" ") }, keptMs);
}
