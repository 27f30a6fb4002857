import { describe, expect, it } from "vitest";
import { ActionCache, runAction } from "../../../emulator/runtime/index.ts";

const run = (body: string, more: Partial<Parameters<typeof runAction>[0]> = {}) =>
  runAction({
    code: `exports.handle = async (event, api) => {${body}}`,
    handler: "handle",
    event: { secrets: {} },
    ...more,
  });

describe("an execution", () => {
  it.each([
    ["delivered when nothing is called", "", { kind: "delivered" }],
    ["a retry", "api.notification.retry('later')", { kind: "retry", reason: "later" }],
    ["a drop", "api.notification.drop('never')", { kind: "drop", reason: "never" }],
    [
      "the last of several calls",
      "api.notification.retry('a'); api.notification.drop('b')",
      { kind: "drop", reason: "b" },
    ],
    ["an exception as an outcome", "throw new Error('boom')", { kind: "error", reason: "boom" }],
    [
      "a process that is ended",
      "process.exit(3)",
      { kind: "error", reason: "the Action ended its process" },
    ],
    ["an endless loop cut off", "for (;;);", { kind: "timeout" }],
    ["a promise that never settles cut off", "await new Promise(() => {})", { kind: "timeout" }],
  ])("gives %s", async (_, body, outcome) => {
    expect((await run(body, { limitMs: 300 })).outcome).toEqual(outcome);
  });

  it("cuts a reason at 1,024 characters and what is logged at 256", async () => {
    const result = await run(
      "console.log('x'.repeat(300)); api.notification.drop('y'.repeat(2000))",
    );
    expect(result.outcome).toEqual({ kind: "drop", reason: "y".repeat(1024) });
    expect(result.log).toBe("x".repeat(256));
  });

  it("ends as an error when memory runs out, and the host lives on", async () => {
    const hog = "const a = []; for (;;) a.push(new Array(1e5).fill(a.length + 0.5))";
    expect((await run(hog, { memoryMb: 16 })).outcome.kind).toBe("error");
  });

  it("gets no environment and no module but Node's own", async () => {
    const result = await run(
      "console.log(Object.keys(process.env).length, typeof require('node:crypto').randomUUID); require('zod')",
    );
    expect(result.log).toBe("0 function");
    expect(result.error).toContain('"zod"');
  });

  it.each([
    ["does not parse", "exports.handle = async ( => {}", /Unexpected token/],
    ["exports nothing", "module.exports = {}", /expected the Action to export handle/],
  ])("is an error when the code %s", async (_, code, message) => {
    const result = await runAction({ code, handler: "handle", event: {} });
    expect(result.outcome.kind).toBe("error");
    expect(result.error).toMatch(message);
  });

  it("keeps the cache of the host for the next one", async () => {
    const cache = new ActionCache();
    await run("api.cache.set('k', 'v', { ttl: 60000 })", { cache });
    const second = await run(
      "console.log((await api.cache.get('k')).value); api.cache.delete('k')",
      {
        cache,
      },
    );
    expect(second.log).toBe("v");
    expect(cache.get("k")).toBeUndefined();
  });
});
