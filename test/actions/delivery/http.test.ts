import type { RequestListener, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ambiguous, httpCall } from "../../../actions/delivery/http.ts";
import { makeCertificate } from "../../../emulator/certificate.ts";
import { World } from "./world.ts";

const written = (response: ServerResponse, chunk: string) =>
  new Promise((resolve) => response.write(chunk, resolve));

let closed = 0;
/** Writes until the other side has enough, or `times` chunks of 100 kB. */
async function pour(response: ServerResponse, times: number) {
  const chunk = "x".repeat(100_000);
  for (let count = 0; count < times && !response.destroyed; count++) await written(response, chunk);
  response.end();
}

const answers: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
  "/json": (response) => response.writeHead(202, { "X-Id": "7" }).end('{"ok":true}'),
  "/bom": (response) => response.end('\ufeff{"ok":true}'),
  "/html": (response) => response.end("<html>"),
  "/empty": (response) => response.writeHead(204).end(),
  "/gzip": (response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"ok":true}')),
  "/bomb": (response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("x".repeat(50_000_000))),
  "/huge": (response) => pour(response, 100),
  "/endless": (response) => pour(response, Infinity),
  "/utf8": (response) => {
    const bytes = Buffer.from('"€"');
    response.write(bytes.subarray(0, 2));
    setTimeout(() => response.end(bytes.subarray(2)), 20);
  },
  "/reset": (response) => response.socket?.destroy(),
  "/cut": (response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write("x", () => response.socket?.destroy());
  },
  "/hang": () => undefined,
  "/stall": (response) => response.write("x"),
  "/redirect": (response) => response.writeHead(307, { location: "/json" }).end(),
  "/error": (response) => response.writeHead(500).end("no"),
};

const requests: { url: string; method: string; body: string; type: string | undefined }[] = [];
const listener: RequestListener = (request, response) => {
  response.on("close", () => closed++);
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    const { url = "", method = "", headers } = request;
    requests.push({ url, method, body, type: headers["content-type"] });
    answers[url]?.(response);
  });
};

const { now } = Date;
const { io: virtual } = new World();
const io = { ...virtual, fetch, now, setTimeout, clearTimeout };
let origin: string;
let stop: () => void;

beforeAll(async () => {
  const certificate = await makeCertificate();
  const server = createServer(certificate, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  const trusted = getCACertificates("default");
  setDefaultCACertificates([...trusted, certificate.cert]);
  stop = () => {
    setDefaultCACertificates(trusted);
    server.closeAllConnections();
    server.close();
  };
});
afterAll(() => {
  stop();
});

const call = (path: string, limitMs = 10_000) =>
  httpCall(
    io,
    {
      method: "POST",
      url: path.startsWith("/") ? origin + path : path,
      headers: { "content-type": "text/x" },
      body: "hello",
    },
    limitMs,
  );

describe("an attempt", () => {
  it("sends the request as it is", async () => {
    requests.length = 0;
    await call("/json");
    expect(requests).toEqual([{ url: "/json", method: "POST", body: "hello", type: "text/x" }]);
  });

  it("gives status, headers, body and JSON", async () => {
    expect(await call("/json")).toMatchObject({
      status: 202,
      headers: { "x-id": "7" },
      body: '{"ok":true}',
      json: { ok: true },
    });
  });

  it.each([
    ["HTML", "/html", 200, "<html>", undefined],
    ["nothing", "/empty", 204, "", undefined],
    ["an error", "/error", 500, "no", undefined],
    ["compressed JSON", "/gzip", 200, '{"ok":true}', { ok: true }],
    ["JSON behind a byte order mark", "/bom", 200, '{"ok":true}', { ok: true }],
    ["a character in two pieces", "/utf8", 200, '"€"', "€"],
  ])("reads %s", async (_name, path, status, body, json) => {
    expect(await call(path)).toMatchObject({ status, body, json });
  });

  it.each(["/huge", "/endless", "/bomb"])("reads no more than it needs of %s", async (path) => {
    const before = closed;
    const answer = await call(path, 30_000);
    expect(answer.status).toBe(200);
    const size = "body" in answer ? answer.body.length : 0;
    expect(size).toBeGreaterThanOrEqual(64 * 1024);
    // The last chunk may go beyond the limit.
    expect(size).toBeLessThan(256 * 1024);
    await expect.poll(() => closed, { timeout: 10_000 }).toBeGreaterThan(before);
  });

  it("follows no redirect: it would carry credentials elsewhere", async () => {
    requests.length = 0;
    expect(await call("/redirect")).toMatchObject({ status: 307 });
    expect(requests.map(({ url }) => url)).toEqual(["/redirect"]);
  });

  it.each(["/hang", "/stall"])("is aborted when its time is over: %s", async (path) => {
    const before = closed;
    const answer = await call(path, 300);
    expect(answer).toEqual({ error: "timeout" });
    expect(ambiguous(answer)).toBe(true);
    await expect.poll(() => closed, { timeout: 10_000 }).toBe(before + 1);
  });

  it.each<[string, string, RegExp, boolean]>([
    ["a reset before an answer", "/reset", /^(ECONNRESET|UND_ERR_SOCKET)$/, true],
    ["a reset inside an answer", "/cut", /^(ECONNRESET|UND_ERR_SOCKET)$/, true],
    ["a name that does not exist", "https://nowhere.invalid/", /^(ENOTFOUND|EAI_AGAIN)$/, false],
    ["an address that is none", "https://", /^(ERR_INVALID_URL|network)$/, false],
  ])("tells %s by its code", async (_name, path, code, taken) => {
    const answer = await call(path);
    expect(answer.error).toMatch(code);
    expect(ambiguous(answer)).toBe(taken);
  });

  it("tells a closed port by its code", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await call(`https://127.0.0.1:${port}/`)).toEqual({ error: "ECONNREFUSED" });
  });

  it("says `network` where an error has no code", async () => {
    const failing = { ...io, fetch: () => Promise.reject(new Error("x")) };
    const request = { method: "POST", url: "https://a.example/", headers: {}, body: "" } as const;
    expect(await httpCall(failing, request, 1_000)).toEqual({ error: "network" });
  });

  it("leaves no timer behind", async () => {
    let timers = 0;
    const counting = {
      ...io,
      setTimeout: (call: () => void, ms: number) => {
        timers++;
        return setTimeout(call, ms);
      },
      clearTimeout: (timer: ReturnType<typeof setTimeout>) => {
        timers--;
        clearTimeout(timer);
      },
    };
    for (const path of ["/json", "/reset"])
      await httpCall(
        counting,
        { method: "POST", url: origin + path, headers: {}, body: "" },
        60_000,
      );
    expect(timers).toBe(0);
  });
});

describe("ambiguous", () => {
  it.each(["timeout", "ECONNRESET", "EPIPE", "UND_ERR_SOCKET"])("is %s", (error) => {
    expect(ambiguous({ error })).toBe(true);
  });
  it.each(["ENOTFOUND", "ECONNREFUSED", "request", "token", "xEPIPE", "timeouts"])(
    "is not %s",
    (error) => {
      expect(ambiguous({ error })).toBe(false);
    },
  );
  it("is no answer", () => {
    expect(ambiguous({ status: 500, headers: {}, body: "", json: undefined })).toBe(false);
  });
});
