import { webcrypto } from "node:crypto";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../../otp/simulate/sandbox/clock.ts";
import type { Network } from "../../../otp/simulate/sandbox/sandbox.ts";
import { sandbox } from "../../../otp/simulate/sandbox/sandbox.ts";
import { seeded } from "../../../otp/simulate/sandbox/random.ts";

const start = Date.UTC(2026, 0, 5, 9);
const never: Network = () => new Promise(() => undefined);

/** Runs the body of a handler and gives what it returned and logged. */
async function run(body: string, network: Network = never, seed = 1) {
  const clock = new VirtualClock(start);
  const lines: string[] = [];
  const handler = sandbox(`exports.handler = async (event, api) => { ${body} };`, "handler", {
    clock,
    network,
    random: seeded(seed),
    onLog: (line) => lines.push(line),
  });
  let returned: unknown = "nothing yet";
  clock.after(0, () => {
    handler({}, {}).then(
      (value) => (returned = value),
      (error: unknown) => (returned = String(error)),
    );
  });
  await clock.run();
  return { returned, lines, passed: clock.now() - start };
}

describe("the sandbox of an Action", () => {
  it("lives in virtual time", async () => {
    const { returned, passed } = await run(`
      const began = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 3_600_000));
      return [began, new Date().toISOString(), Date.now() - began, new Date(0).getTime()];
    `);
    expect(returned).toEqual([start, "2026-01-05T10:00:00.000Z", 3_600_000, 0]);
    expect(passed).toBe(3_600_000);
  });

  it("has whole milliseconds, as real clocks do", async () => {
    const { returned } = await run(`
      await new Promise((resolve) => setTimeout(resolve, 0.4));
      return Number.isInteger(Date.now());
    `);
    expect(returned).toBe(true);
  });

  it("draws its chances from the seed", async () => {
    const body = "return Math.random();";
    expect((await run(body, never, 1)).returned).toBe((await run(body, never, 1)).returned);
    expect((await run(body, never, 1)).returned).not.toBe((await run(body, never, 2)).returned);
  });

  it("aborts a call that nobody answers", async () => {
    const { returned, passed } = await run(`
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 5_000);
      try { await fetch("https://vendor.example/", { signal: abort.signal }); }
      catch (error) { return error.name; }
    `);
    expect(returned).toBe("AbortError");
    expect(passed).toBe(5_000);
  });

  it("knows timeouts of signals, alone and combined", async () => {
    const { returned, passed } = await run(`
      const signal = AbortSignal.any([AbortSignal.timeout(9_000), AbortSignal.timeout(2_000)]);
      try { await fetch("https://vendor.example/", { signal }); }
      catch (error) { return error.name; }
    `);
    expect(returned).toBe("TimeoutError");
    expect(passed).toBe(9_000);
  });

  it("reads answers by text, as JSON, by reader and as a stream", async () => {
    const answer = { status: 201, body: '{"id":"ä"}', headers: { "x-id": "7" } };
    const { returned } = await run(
      `
      const get = () => fetch("https://vendor.example/");
      const reader = (await get()).body.getReader();
      const { value } = await reader.read();
      const chunks = [];
      const response = await get();
      for await (const chunk of response.body) chunks.push(chunk);
      return [
        response.status, response.ok, response.headers.get("X-Id"), [...response.headers],
        await (await get()).text(), (await (await get()).json()).id,
        Buffer.from(value).toString(), Buffer.concat(chunks).toString(), (await reader.read()).done,
      ];
    `,
      () => Promise.resolve(answer),
    );
    expect(returned).toEqual([
      ...[201, true, "7", [["x-id", "7"]]],
      ...[answer.body, "ä", answer.body, answer.body, true],
    ]);
  });

  it("signs like WebCrypto does", async () => {
    const { returned } = await run(`
      const bytes = new TextEncoder().encode("text");
      const key = await crypto.subtle.importKey(
        "raw", bytes, { name: "HMAC", hash: { name: "SHA-256" } }, false, ["sign"]);
      const hex = (buffer) => Buffer.from(buffer).toString("hex");
      return [hex(await crypto.subtle.sign("HMAC", key, bytes)),
        hex(await crypto.subtle.digest("SHA-256", bytes))];
    `);
    const bytes = new TextEncoder().encode("text");
    const hash = { name: "HMAC", hash: { name: "SHA-256" } };
    const key = await webcrypto.subtle.importKey("raw", bytes, hash, false, ["sign"]);
    const hex = (buffer: ArrayBuffer) => Buffer.from(buffer).toString("hex");
    expect(returned).toEqual([
      hex(await webcrypto.subtle.sign("HMAC", key, bytes)),
      hex(await webcrypto.subtle.digest("SHA-256", bytes)),
    ]);
  });

  it("hands over what is logged", async () => {
    const { lines } = await run('console.log("a", 1); console.error({ b: 2 });');
    expect(lines).toEqual(["a 1", '{"b":2}']);
  });

  it.each([
    ["process", "typeof process"],
    ["setInterval", "typeof setInterval"],
    ["setImmediate", "typeof setImmediate"],
  ])("has no %s, through which real time could come in", async (_name, expression) => {
    expect((await run(`return ${expression};`)).returned).toBe("undefined");
  });

  it("refuses modules that reach outside", async () => {
    expect((await run('require("node:http");')).returned).toContain("node:http");
    expect((await run('return typeof require("node:crypto").createHmac;')).returned).toBe(
      "function",
    );
  });

  it("says so if the handler is missing", () => {
    const clock = new VirtualClock(0);
    const options = { clock, network: never, random: seeded(1), onLog: () => undefined };
    expect(() => sandbox("", "onExecute", options)).toThrow(
      "expected exports.onExecute to be a function, got: undefined",
    );
  });
});
