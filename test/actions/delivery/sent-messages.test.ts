import { expect, it } from "vitest";
import type { Delivered } from "../../../actions/delivery/sent-messages.ts";
import { SentMessages } from "../../../actions/delivery/sent-messages.ts";

const now = 1_800_000_000_000;
const minutes = 60_000;

const delivered = (message: string, more: Partial<Delivered> = {}): Delivered => ({
  ...{ message, recipient: "ada", seen: now, at: now + 900, transaction: "tx", step: 1 },
  ...more,
});
const digest = (number: number) => number.toString(36).padStart(4, "0");

it("finds a delivered message, and nothing for one that was not delivered", () => {
  const messages = new SentMessages();
  messages.noteDelivered(delivered("a"));
  expect(messages.delivered("a")).toEqual(delivered("a"));
  expect(messages.delivered("b")).toBeUndefined();
});

it("keeps the code that a recipient requested last, whichever arrived last", () => {
  const messages = new SentMessages();
  messages.noteDelivered(delivered("new", { seen: now + 5_000, at: now + 6_000 }));
  messages.noteDelivered(delivered("old", { seen: now, at: now + 15_000 }));
  expect(messages.newest("ada")?.message).toBe("new");
});

it("has no newest code for messages without a code", () => {
  const messages = new SentMessages();
  messages.noteDelivered(delivered("a", { recipient: "" }));
  expect(messages.newest("")).toBeUndefined();
});

it("no longer waits for a message that was delivered", () => {
  const messages = new SentMessages();
  messages.noteWaiting("abcdef", { seen: now, unknown: [2] });
  expect(messages.waiting("abcdef")).toEqual({ seen: now, unknown: [2] });
  messages.noteDelivered(delivered("abcdef"));
  expect(messages.waiting("abcdef")).toBeUndefined();
});

it("forgets the oldest of more than 5,000 deliveries", () => {
  const messages = new SentMessages();
  for (let number = 0; number <= 5_000; number++) messages.noteDelivered(delivered(digest(number)));
  expect(messages.delivered(digest(0))).toBeUndefined();
  expect(messages.delivered(digest(1))).toBeDefined();
});

it("tells another container of its deliveries, every field of them", () => {
  const messages = new SentMessages();
  messages.noteDelivered(delivered("a"));
  messages.noteDelivered(delivered("b", { recipient: "", transaction: "", step: 11 }));
  const other = new SentMessages();
  other.mergeDelivered(messages.deliveredText(2_000), now + minutes);
  expect(other.delivered("a")).toEqual(delivered("a"));
  expect(other.delivered("b")).toEqual(
    delivered("b", { recipient: "", transaction: "", step: 11 }),
  );
  expect(other.newest("ada")?.message).toBe("a");
});

it("tells of the newest deliveries if not all fit, and of none if there is no room", () => {
  const messages = new SentMessages();
  for (let number = 0; number < 100; number++) messages.noteDelivered(delivered(digest(number)));
  const text = messages.deliveredText(200);
  expect(text.split(" ").map((word) => word.slice(0, 4))).toEqual([95, 96, 97, 98, 99].map(digest));
  expect(messages.deliveredText(39)).toBe("");
  expect(messages.deliveredText(-1)).toBe("");
});

it("believes no delivery that lies in the future, and no older word than its own", () => {
  const theirs = new SentMessages();
  theirs.noteDelivered(delivered("a", { at: now + 900, step: 1 }));
  theirs.noteDelivered(delivered("b", { at: now + 2 * minutes }));
  const messages = new SentMessages();
  messages.noteDelivered(delivered("a", { at: now + 1_000, step: 0 }));
  messages.mergeDelivered(theirs.deliveredText(2_000), now + minutes);
  expect(messages.delivered("a")?.step).toBe(0);
  expect(messages.delivered("b")).toBeUndefined();
});

it("tells another container which messages wait, since when and which steps may have them", () => {
  const messages = new SentMessages();
  messages.noteWaiting("aaaa", { seen: now, unknown: [] });
  messages.noteWaiting("bbbb", { seen: now, unknown: [] });
  messages.noteWaiting("cccc", { seen: now + 1_000, unknown: [0, 2] });
  const other = new SentMessages();
  other.mergeWaiting(messages.waitingText(now), now + minutes);
  expect(other.waiting("aaaa")).toEqual({ seen: now, unknown: [] });
  expect(other.waiting("bbbb")).toEqual({ seen: now, unknown: [] });
  expect(other.waiting("cccc")).toEqual({ seen: now + 1_000, unknown: [0, 2] });
});

it("keeps its own word about a waiting message over another container's", () => {
  const messages = new SentMessages();
  messages.noteWaiting("aaaa", { seen: now, unknown: [1] });
  const theirs = new SentMessages();
  theirs.noteWaiting("aaaa", { seen: now + 5_000, unknown: [] });
  messages.mergeWaiting(theirs.waitingText(now), now + minutes);
  expect(messages.waiting("aaaa")).toEqual({ seen: now, unknown: [1] });
});

it("tells of no message that waited beyond Auth0's last retry, and believes none", () => {
  const messages = new SentMessages();
  messages.noteWaiting("aaaa", { seen: now, unknown: [] });
  const text = messages.waitingText(now);
  expect(messages.waitingText(now + 13 * minutes)).toBe("");
  const other = new SentMessages();
  other.mergeWaiting(text, now + 13 * minutes);
  expect(other.waiting("aaaa")).toBeUndefined();
});

it("fits into one entry of the cache however many wait, the newest first", () => {
  const messages = new SentMessages();
  for (let number = 0; number < 3_000; number++)
    messages.noteWaiting(digest(number), { seen: now, unknown: [] });
  const text = messages.waitingText(now);
  expect(text.length).toBeLessThanOrEqual(4_000);
  const other = new SentMessages();
  other.mergeWaiting(text, now);
  expect(other.waiting(digest(2_999))).toBeDefined();
  expect(other.waiting(digest(2_050))).toBeDefined();
  expect(other.waiting(digest(0))).toBeUndefined();
});

it("learns nothing from text that it did not write", () => {
  const messages = new SentMessages();
  for (const text of ["", "nonsense", ":::", "{}", "zz.x:aaaa"]) {
    messages.mergeDelivered(text, now);
    messages.mergeWaiting(text, now);
  }
  expect(messages.deliveredText(2_000)).toBe("");
  expect(messages.waitingText(now)).toBe("");
});
