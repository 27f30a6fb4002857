import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { otlp } from "../../actions/delivery/telemetry.ts";

/** The collector that `.ci/install` builds. */
function collector(): string | undefined {
  const program = process.env["OTELCOL_PATH"] ?? "otelcol-otp";
  try {
    execFileSync(program, ["--version"], { stdio: "ignore", timeout: 10_000 });
    return program;
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const io = {
  fetch,
  cache: { get: () => undefined, set: () => undefined },
  now: Date.now,
  setTimeout,
  clearTimeout: (timer: unknown) => {
    clearTimeout(timer as NodeJS.Timeout);
  },
  random: Math.random,
};

const program = collector();
if (program === undefined && process.env["CI"])
  throw new Error("expected the OpenTelemetry Collector in CI, got none: .ci/install builds it");

it.skipIf(program === undefined)(
  "a real OpenTelemetry Collector takes the telemetry (.ci/install builds one)",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "otp-collector-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const port = await freePort();
    const file = join(folder, "config.yaml");
    await writeFile(
      file,
      `receivers: { otlp: { protocols: { http: { endpoint: "127.0.0.1:${String(port)}" } } } }
exporters: { debug: { verbosity: detailed } }
service:
  telemetry: { metrics: { level: none } }
  pipelines:
    logs: { receivers: [otlp], exporters: [debug] }
    metrics: { receivers: [otlp], exporters: [debug] }
`,
    );
    const child = spawn(program ?? "", ["--config", file], { stdio: ["ignore", "pipe", "pipe"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    let said = "";
    const heard = (text: string) =>
      new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`expected the collector to say "${text}", got:\n${said}`));
        }, 20_000);
        const look = () => {
          if (!said.includes(text)) return;
          clearTimeout(timer);
          resolve();
        };
        for (const stream of [child.stdout, child.stderr])
          stream.on("data", (chunk: Buffer) => {
            said += chunk.toString();
            look();
          });
        look();
      });
    await heard("Everything is ready");
    const send = otlp({
      ...{ url: `http://127.0.0.1:${String(port)}`, environment: "production", channel: "phone" },
      headers: () => ({}),
    });
    await send(
      io,
      {
        ...{ otp: "accepted", type: "otp_verify", medium: "text", country: "DE" },
        ...{ vendor: "vonage-sms", attempts: 2, ms: 640, config: ["twilio"] },
        breakers: { twilio: true },
      },
      Date.now() - 640,
      {},
    );
    await heard("otp.breaker.open");
    await heard("LogRecord #0");
    for (const text of [
      "deployment.environment.name: Str(production)",
      "otp.vendor: Str(vonage-sms)",
      "Name: otp.deliveries",
      "Name: otp.account_faults",
      "Name: otp.duration",
      "Sum: 640.000000",
      "AggregationTemporality: Delta",
    ])
      expect(said).toContain(text);
  },
);
