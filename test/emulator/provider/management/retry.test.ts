import { describe, expect, it } from "vitest";
import type { Incoming } from "../../../../emulator/provider/management/exchange.ts";
import { untilReset, withRetries } from "../../../../emulator/provider/management/retry.ts";

/** Sends the given answers one after the other, the last one for ever, and counts. */
async function retried(answers: readonly (Incoming | Error)[], clock = () => 0) {
  let sent = 0;
  const send = () => {
    const answer = answers[Math.min(sent, answers.length - 1)];
    sent += 1;
    return answer === undefined || answer instanceof Error
      ? Promise.reject(answer ?? new Error("no answer"))
      : Promise.resolve(answer);
  };
  const options = { delayMs: 1, clock, signal: new AbortController().signal };
  const result = await withRetries(send, options).catch((error: unknown) => error);
  return { sent, result };
}

const answer = (status: number, headers = {}): Incoming => ({ status, headers, text: "" });

describe("a request is repeated", () => {
  it.each([500, 502, 503, 504])("three times after %i, then that is the answer", async (status) => {
    expect(await retried([answer(status)])).toEqual({ sent: 4, result: answer(status) });
  });

  it("three times after a broken connection, then that is the error", async () => {
    const reset = new Error("reset");
    expect(await retried([reset])).toEqual({ sent: 4, result: reset });
  });

  it("until it succeeds", async () => {
    const answers = [new Error("reset"), answer(503), answer(200)];
    expect(await retried(answers)).toEqual({ sent: 3, result: answer(200) });
  });

  it("after 429 once the limit is reset, without using up the other tries", async () => {
    const limited = answer(429, { "x-ratelimit-reset": "0" });
    const answers = [limited, limited, limited, limited, limited, answer(200)];
    expect(await retried(answers)).toEqual({ sent: 6, result: answer(200) });
  });

  it("a bounded number of times after 429", async () => {
    const limited = answer(429, { "x-ratelimit-reset": "0" });
    expect(await retried([limited])).toEqual({ sent: 21, result: limited });
  });

  it.each([200, 201, 400, 401, 403, 404, 409])("never after %i", async (status) => {
    expect(await retried([answer(status)])).toEqual({ sent: 1, result: answer(status) });
  });
});

describe("the wait after 429", () => {
  it.each([
    ["lasts until the reset", { "x-ratelimit-reset": "1003" }, 3_000],
    ["is nothing when the reset is past", { "x-ratelimit-reset": "999" }, 0],
    ["is 5 s when the tenant names no reset", {}, 5_000],
    ["is 5 s when the reset is no number", { "x-ratelimit-reset": "soon" }, 5_000],
    ["is a minute at most", { "x-ratelimit-reset": "9999" }, 60_000],
  ])("%s", (_what, headers, expected) => {
    expect(untilReset(answer(429, headers), 1_000_000)).toBe(expected);
  });
});

it("an interrupted wait ends at once", async () => {
  const controller = new AbortController();
  const limited = answer(429, { "x-ratelimit-reset": "3600" });
  const waiting = withRetries(() => Promise.resolve(limited), {
    delayMs: 1,
    clock: () => 0,
    signal: controller.signal,
  });
  controller.abort();
  await expect(waiting).rejects.toThrow("aborted");
});
