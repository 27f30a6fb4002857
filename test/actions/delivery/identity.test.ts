import { beforeEach, describe, expect, it } from "vitest";
import type { Identity } from "../../../actions/delivery/identity.ts";
import { identify } from "../../../actions/delivery/identity.ts";
import { digestsOf } from "../../../actions/delivery/key.ts";
import { Memory } from "../../../actions/delivery/memory.ts";

const began = 1_800_000_000_000;
const digests = digestsOf({ KEY: "test" });
const seconds = 1_000;

let memory: Memory;
beforeEach(() => {
  memory = new Memory();
});

interface Given extends Partial<Identity> {
  readonly expires?: boolean;
  readonly at?: number;
}
const told = ({ expires = true, at = 0, ...identity }: Given = {}) => {
  const whole = { content: ["tenant", "ada", "123456"], recipient: "ada", transaction: "" };
  return identify(digests, memory, { ...whole, ...identity }, expires, began + at);
};
/** Notes that a message was accepted. */
const accept = (one: ReturnType<typeof told>, at: number) => {
  const { id: message, recipient, firstSeen: seen, transaction } = one;
  memory.messages.noteDelivered({
    ...{ message, recipient, seen, at: began + at, transaction, step: 0 },
  });
};
/** Notes that a message failed. */
const fail = ({ id, firstSeen: seen }: ReturnType<typeof told>) => {
  memory.messages.noteWaiting(id, { seen, unknown: [] });
};

it("gives other content another key, and another recipient another digest", () => {
  const one = told();
  const other = told({ content: ["tenant", "ada", "654321"], recipient: "bob" });
  expect(other.key).not.toBe(one.key);
  expect(other.recipient).not.toBe(one.recipient);
});

it("shows neither content nor recipient", () => {
  expect(JSON.stringify(told({ transaction: "transaction-1" }))).not.toMatch(
    /ada|123456|transaction-1/,
  );
});

it("remembers no recipient of a message without a code", () => {
  expect(told({ expires: false }).recipient).toBe("");
});

describe("while a message waits for Auth0's retry,", () => {
  it("it keeps its key and the time when it was seen first", () => {
    const first = told({ transaction: "one" });
    fail(first);
    const again = told({ transaction: "one", at: 105 * seconds });
    expect(again).toEqual(first);
  });

  it("it is not held for one that was delivered long before", () => {
    accept(told(), 0);
    const second = told({ at: 40 * seconds });
    fail(second);
    const retried = told({ at: 55 * seconds });
    expect(retried.repeated).toBe(false);
    expect(retried.key).toBe(second.key);
  });
});

describe("the same content after it was accepted", () => {
  it.each([
    ["is a repeat within 25 s if no transaction is known", "", "", 24, true],
    ["is a new message after 25 s if no transaction is known", "", "", 25, false],
    ["is a repeat in the same transaction, however late", "one", "one", 170, true],
    ["is a new message in another transaction, however soon", "one", "two", 1, false],
  ])("%s", (_, before, after, later, repeated) => {
    const first = told({ transaction: before });
    accept(first, 0);
    const second = told({ transaction: after, at: later * seconds });
    expect(second.repeated).toBe(repeated);
    expect(second.key === first.key).toBe(repeated);
  });
});

describe("without a code, the same words", () => {
  const warning = { expires: false, content: ["tenant", "ada", "your account is blocked"] };

  it("are another message in another transaction", () => {
    const one = told({ ...warning, transaction: "one" });
    const two = told({ ...warning, transaction: "two" });
    expect(two.id).not.toBe(one.id);
    expect(two.key).not.toBe(one.key);
  });

  it("have another key a quarter of an hour later", () => {
    const first = told(warning);
    expect(told({ ...warning, at: 1 }).key).toBe(first.key);
    expect(told({ ...warning, at: 15 * 60 * seconds }).key).not.toBe(first.key);
  });
});

it("is new each time if it is a test from the dashboard, however soon", () => {
  const test = { expires: false, isTest: true };
  accept(told(test), 0);
  const second = told({ ...test, at: 1 * seconds });
  expect(second.repeated).toBe(false);
});
