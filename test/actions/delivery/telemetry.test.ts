import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { otlp, webhook } from "../../../actions/delivery/telemetry.ts";
import type { Telemetry } from "../../../actions/delivery/telemetry.ts";

const began = 1_700_000_000_000;
const report: Telemetry = {
  ...{ otp: "accepted", type: "otp_verify", medium: "text", country: "DE", last2: "06" },
  ...{ vendor: "vonage-sms", status: 200, code: "0", attempts: 2, ms: 640 },
  config: ["twilio"],
  breakers: { twilio: true, "vonage-sms": false },
};
const secrets = { OTEL_TOKEN: "hush-hush-canary" };

const io = {
  fetch,
  cache: { get: () => undefined, set: () => undefined },
  now: () => began + 640,
  setTimeout,
  clearTimeout: (timer: unknown) => {
    clearTimeout(timer as NodeJS.Timeout);
  },
  random: Math.random,
};

interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A receiver of telemetry that answers after some milliseconds, or never. */
async function receiver(answerMs: number | undefined) {
  const requests: Received[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const { url: path = "", headers } = request;
      requests.push({ path, headers, body: JSON.parse(text) as unknown });
      if (answerMs !== undefined) setTimeout(() => response.end("{}"), answerMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { requests, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}

const target = (url: string) => ({
  ...{ url, environment: "production", channel: "phone" },
  headers: (all: Readonly<Record<string, string>>) => ({
    authorization: all["OTEL_TOKEN"] ?? "",
  }),
});

describe("telemetry", () => {
  it("is a log record and metrics in OTLP's JSON, with the headers of the environment", async () => {
    const { requests, url } = await receiver(0);
    await otlp(target(url))(io, report, began, secrets);
    expect(requests.map(({ path }) => path).sort()).toEqual(["/v1/logs", "/v1/metrics"]);
    for (const { headers } of requests)
      expect(headers).toMatchObject({ authorization: "hush-hush-canary" });
    const text = JSON.stringify(requests.map(({ body }) => body));
    expect(text).not.toContain("canary");
    expect(text).toContain('{"key":"otp.vendor","value":{"stringValue":"vonage-sms"}}');
    for (const name of ["otp.deliveries", "otp.attempts", "otp.duration", "otp.account_faults"])
      expect(text).toContain(`"name":"${name}"`);
    expect(text).toContain('"severityNumber":17');
  });

  it("counts a duration in the one bucket that it belongs to", async () => {
    const { requests, url } = await receiver(0);
    await otlp(target(url))(io, { ...report, ms: 1_000 }, began, secrets);
    const text = JSON.stringify(requests.find(({ path }) => path === "/v1/metrics")?.body);
    expect(text).toContain('"bucketCounts":[0,0,0,1,0,0,0,0,0]');
  });

  it("is the log line with environment, channel and time for a webhook", async () => {
    const { requests, url } = await receiver(0);
    await webhook(target(`${url}/otp`))(io, report, began, secrets);
    expect(requests).toMatchObject([
      { path: "/otp", body: { environment: "production", channel: "phone", otp: "accepted" } },
    ]);
  });

  it.each([
    ["never answers", undefined],
    ["answers after a second", 1_000],
  ])("is given up after 300 ms if the receiver %s", async (_, answerMs) => {
    const { url } = await receiver(answerMs);
    let aborted = 0;
    const counting: typeof fetch = (input, init) => {
      init?.signal?.addEventListener("abort", () => (aborted += 1));
      return fetch(input, init);
    };
    await otlp(target(url))({ ...io, fetch: counting }, report, began, secrets);
    expect(aborted).toBe(2);
  });

  it.each(["http://127.0.0.1:1", "not a url"])("never throws: %s", async (url) => {
    await expect(otlp(target(url))(io, report, began, secrets)).resolves.toBeUndefined();
    await expect(webhook(target(url))(io, report, began, {})).resolves.toBeUndefined();
  });
});
