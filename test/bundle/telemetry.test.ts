import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "../../bundle/bundle.ts";
import { channels, secretNames } from "../../config/environment.ts";
import { checkEnvironment } from "../../config/load.ts";
import { runAction } from "../../emulator/runtime/index.ts";

const canaries = {
  to: "+15005550006",
  code: "918273",
  apiKey: "key-canary-5521",
  header: "Bearer header-canary-7733",
};

const received: { path: string; authorization: string; text: string }[] = [];
const server = createServer((request, response) => {
  let text = "";
  request.on("data", (chunk: Buffer) => (text += chunk.toString()));
  request.on("end", () => {
    const { authorization = "" } = request.headers;
    received.push({ path: request.url ?? "", authorization, text });
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
});
let base: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => server.close());

const environment = (telemetry: object | undefined) =>
  checkEnvironment(
    {
      ...{ name: "sample", domain: "example.eu.auth0.com", backend: { type: "local" }, telemetry },
      phone: {
        vendors: [
          { vendor: "http", url: "https://sms.example.com", apiKey: { secret: "SMS_KEY" } },
        ],
      },
    },
    "sample.ts",
  );

const declared = (type: string) =>
  environment({
    ...{ type, url: "https://otel.example.com" },
    headers: { authorization: { secret: "OTEL_AUTHORIZATION" } },
  });

/** Runs the bundle with both hosts answered on this machine. */
async function run(type: string) {
  const made = await bundle(declared(type), "phone");
  if (!made) throw new Error("expected a bundle");
  const code = made.code
    .replaceAll("https://otel.example.com", base)
    .replaceAll("https://sms.example.com", `${base}/sms`);
  return runAction({
    code,
    handler: "onExecuteCustomPhoneProvider",
    event: {
      notification: {
        ...{ recipient: canaries.to, code: canaries.code, delivery_method: "text" },
        ...{ as_text: `${canaries.code} is your code`, message_type: "otp_verify" },
      },
      tenant: { id: "t" },
      secrets: { SMS_KEY: canaries.apiKey, OTEL_AUTHORIZATION: canaries.header },
    },
  });
}

describe("telemetry of an environment", () => {
  it("is in its bundles, and its secrets are the Actions'", () => {
    expect(channels.map((channel) => secretNames(declared("otlp"), channel))).toEqual([
      [],
      ["OTEL_AUTHORIZATION", "SMS_KEY"],
    ]);
  });

  it("is not in a bundle of an environment without it", async () => {
    const made = await bundle(environment(undefined), "phone");
    expect(made?.code).not.toContain("delivery/telemetry.ts");
  });

  it.each([
    ["otlp", ["/v1/logs", "/v1/metrics"]],
    ["webhook", ["/"]],
  ])("goes out as %s with nothing private in it", async (type, paths) => {
    received.length = 0;
    const { outcome } = await run(type);
    expect(outcome).toEqual({ kind: "delivered" });
    const sent = received.filter(({ path }) => path !== "/sms");
    expect(sent.map(({ path }) => path).sort()).toEqual(paths);
    for (const { authorization, text } of sent) {
      expect(authorization).toBe(canaries.header);
      expect(text).toContain("accepted");
      for (const canary of Object.values(canaries)) expect(text).not.toContain(canary);
    }
  });

  it.each([
    [{ url: "http://otel.example.com" }, /telemetry\.url: expected an HTTPS URL/],
    [{ url: "https://me:pw@otel.example.com" }, /telemetry\.url: expected an HTTPS URL/],
    [{ url: "https://otel.example.com/v1/logs" }, /without \/v1\//],
    [
      { url: "https://otel.example.com", headers: { authorization: "Bearer x" } },
      /secret\("NAME"\)/,
    ],
    [{ url: "https://otel.example.com", header: {} }, /did you mean headers/],
  ])("is refused if it cannot be right: %j", (telemetry, problem) => {
    expect(() => environment(telemetry)).toThrow(problem);
  });
});
