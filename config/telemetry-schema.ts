import { z } from "zod";
import { choice, fields, known, text } from "./expected.ts";
import { isHttpsUrl } from "./hosts.ts";
import { secretReference } from "./secret-reference.ts";

const httpsUrl = known("an HTTPS URL without a user name or password", isHttpsUrl, () => undefined);

/** Where executions send what they say of themselves. */
export const telemetrySchema = fields({
  type: choice(["otlp", "webhook"])
    .default("otlp")
    .describe("`otlp` for OTLP/HTTP with JSON, `webhook` for one JSON object per execution."),
  url: httpsUrl.describe(
    "The endpoint: for `otlp` the base, to which `/v1/logs` and `/v1/metrics` are added.",
  ),
  headers: z
    .record(
      text("the name of a header in small letters", /^[a-z][a-z0-9-]{0,63}$/),
      secretReference,
      "headers by name",
    )
    .default({})
    .describe("Headers of each request; their values are secrets, e.g. an authorization."),
}).refine(
  ({ type, url }) => type === "webhook" || !/[/?]$|\?|\/v1\//.test(url),
  "the base of the OTLP endpoint, without a slash at its end and without /v1/…",
);
