import type { HttpRequest } from "../vendors/vendor.ts";
import type { Secrets } from "./config.ts";
import { httpCall } from "./http.ts";
import type { Io } from "./io.ts";
import type { Report } from "./report.ts";

/** Milliseconds that telemetry may take after the outcome is known; then it is given up. */
const limitMs = 300;

/** What an execution says of itself, and whether each vendor's circuit breaker is open. */
export type Telemetry = Report & { readonly breakers?: Readonly<Record<string, boolean>> };

/** Where telemetry goes, as an environment declares it. */
export interface TelemetryTarget {
  /** Complete for a webhook; for OTLP the base, to which `/v1/logs` and `/v1/metrics` are added. */
  readonly url: string;
  /** Picks the values of headers out of `event.secrets`. */
  readonly headers: (all: Secrets) => Secrets;
  /** Name of the environment. */
  readonly environment: string;
  readonly channel: string;
}

/** Sends what an execution says of itself. Never throws, and takes at most 300 ms. */
export type SendTelemetry = (
  io: Io,
  report: Telemetry,
  began: number,
  secrets: Secrets,
) => Promise<void>;

/** Makes the requests of one execution. */
type Format = (target: TelemetryTarget, report: Telemetry, began: number, now: number) => Requests;
type Requests = readonly { readonly path: string; readonly body: unknown }[];

const sender =
  (format: Format, target: TelemetryTarget): SendTelemetry =>
  async (io, report, began, secrets) => {
    try {
      const headers = { "content-type": "application/json", ...target.headers(secrets) };
      const calls = format(target, report, began, io.now()).map(({ path, body }) => {
        const request: HttpRequest = {
          method: "POST",
          url: target.url + path,
          headers,
          body: JSON.stringify(body),
        };
        return httpCall(io, request, limitMs);
      });
      await Promise.all(calls);
    } catch {
      // A delivery is worth more than what is said of it.
    }
  };

type Value = string | number | undefined;

/** Attributes in OTLP's JSON encoding; those without a value are left out. */
const attributes = (values: Readonly<Record<string, Value>>) =>
  Object.entries(values).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [
      { key, value: typeof value === "number" ? { intValue: value } : { stringValue: value } },
    ];
  });

const nanoseconds = (ms: number) => `${ms}000000`;

/** Severity numbers of OpenTelemetry: INFO, WARN, ERROR. */
const severity = ({ otp, config }: Report) => (config ? 17 : otp === "failed" ? 13 : 9);

/** Upper bounds of the histogram of durations, in milliseconds. */
const bounds = [100, 250, 500, 1000, 2000, 4000, 8000, 16_000];

/** One log record and the metrics of one execution, with delta temporality. */
const otlpRequests: Format = ({ environment, channel }, report, began, now) => {
  const { breakers = {} } = report;
  const { otp, type, medium, country, vendor, status, code, attempts, ms, config = [] } = report;
  const resource = {
    attributes: attributes({
      "service.name": "auth0-otp-delivery",
      "deployment.environment.name": environment,
      "otp.channel": channel,
    }),
  };
  const scope = { name: "auth0-otp-delivery" };
  const labels = {
    "otp.outcome": otp,
    "otp.vendor": vendor,
    "otp.medium": medium,
    "otp.country": country,
    "otp.message_type": type,
  };
  const span = { startTimeUnixNano: nanoseconds(began), timeUnixNano: nanoseconds(now) };
  const sum = (name: string, points: readonly [Readonly<Record<string, Value>>, number][]) => ({
    name,
    sum: {
      aggregationTemporality: 1,
      isMonotonic: true,
      dataPoints: points.map(([of, asInt]) => ({ ...span, attributes: attributes(of), asInt })),
    },
  });
  const buckets = [...bounds, Infinity].map((bound, index) =>
    Number(ms <= bound && ms > (bounds[index - 1] ?? -1)),
  );
  const metrics = [
    sum("otp.deliveries", [[labels, 1]]),
    sum("otp.attempts", [[{ "otp.medium": medium, "otp.vendor": vendor }, attempts]]),
    {
      name: "otp.duration",
      unit: "ms",
      histogram: {
        aggregationTemporality: 1,
        dataPoints: [
          {
            ...span,
            attributes: attributes({ "otp.outcome": otp, "otp.medium": medium }),
            count: 1,
            sum: ms,
            explicitBounds: bounds,
            bucketCounts: buckets,
          },
        ],
      },
    },
    ...(config.length > 0
      ? [
          sum(
            "otp.account_faults",
            config.map((id) => [{ "otp.vendor": id }, 1]),
          ),
        ]
      : []),
    {
      name: "otp.breaker.open",
      gauge: {
        dataPoints: Object.entries(breakers).map(([id, open]) => ({
          timeUnixNano: span.timeUnixNano,
          attributes: attributes({ "otp.vendor": id }),
          asInt: Number(open),
        })),
      },
    },
  ];
  const record = {
    timeUnixNano: span.timeUnixNano,
    severityNumber: severity(report),
    body: { stringValue: otp },
    attributes: attributes({
      ...labels,
      "otp.why": report.why,
      "otp.status": status,
      "otp.code": code,
      "otp.attempts": attempts,
      "otp.duration_ms": ms,
      "otp.last2": report.last2,
      "otp.account_faults": config.length > 0 ? config.join() : undefined,
    }),
  };
  return [
    {
      path: "/v1/logs",
      body: { resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords: [record] }] }] },
    },
    {
      path: "/v1/metrics",
      body: { resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics }] }] },
    },
  ];
};

/**
 * Telemetry as OTLP/HTTP with JSON: a log record and metrics of each execution.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export const otlp = (target: TelemetryTarget): SendTelemetry => sender(otlpRequests, target);

/** Telemetry as one JSON object per execution: the log line, with environment, channel and time. */
export const webhook = (target: TelemetryTarget): SendTelemetry =>
  sender(
    ({ environment, channel }, report, _, now) => [
      { path: "", body: { environment, channel, at: now, ...report } },
    ],
    target,
  );
