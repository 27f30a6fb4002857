import type { z } from "zod";
import { backendSchema } from "./backend-schema.ts";
import { emailSchema, phoneSchema } from "./channel-schema.ts";
import { choice, fields, flag, text, whole } from "./expected.ts";
import { telemetrySchema } from "./telemetry-schema.ts";
import { tenantDomain } from "./values.ts";

const name = text("small letters, digits and hyphens", /^[a-z][a-z0-9-]{0,39}$/);

/** The fields of an environment: their types, defaults and descriptions have their one source here. */
export const environmentFields = fields({
  name: name.describe("Name of the environment, of its stack and of its variables' prefix."),
  domain: tenantDomain.describe(
    "Canonical domain of the tenant, e.g. `example.eu.auth0.com`. It stands in the file as it is: " +
      "`variable()` is for tenants on a laptop and for throw-away ones (`protect: false`).",
  ),
  backend: backendSchema.describe(
    "Where Terraform keeps the state; credentials come from each backend's own variables.",
  ),
  email: emailSchema
    .exactOptional()
    .describe("How e-mail is delivered. Left out, e-mail stays as it is in the tenant."),
  phone: phoneSchema
    .exactOptional()
    .describe("How phone messages are delivered. Left out, they stay as they are in the tenant."),
  resend: choice(["next-vendor", "same"])
    .default("next-vendor")
    .describe(
      "Which vendor is asked first if the same recipient asks again while the last code could " +
        "still arrive: the one after the vendor that accepted last, or the same.",
    ),
  duplicates: choice(["avoid", "tolerate"])
    .default("avoid")
    .describe(
      "What matters more if a vendor does not answer: that nobody gets a message twice (`avoid`), " +
        "or that everybody gets it soon (`tolerate`).",
    ),
  telemetry: telemetrySchema
    .exactOptional()
    .describe("Where executions send what they say of themselves. Left out, nowhere."),
  protect: flag()
    .exactOptional()
    .describe(
      "Refuses every plan that destroys or replaces what delivers codes. Default: true, except " +
        "for an environment named `local`.",
    ),
  secretsVersion: whole(1, 2 ** 31 - 1, "a number")
    .exactOptional()
    .describe(
      "Replaces the fingerprint of the secrets if synthesis must not see them: raise it by one at " +
        "every rotation.",
    ),
  promotedFrom: name
    .exactOptional()
    .describe(
      "Name of the environment that goes before this one, e.g. `staging`: `otp deploy` of both " +
        "begins there, and stops there if it fails.",
    ),
});

/** What an environment file may hold. */
export const environmentSchema = environmentFields.transform((environment) => ({
  ...environment,
  protect: environment.protect ?? environment.name !== "local",
}));

/** An environment as a file writes it. */
export type EnvironmentInput = z.input<typeof environmentSchema>;

/** An environment with its defaults, as the schema leaves it. */
export type CheckedEnvironment = z.output<typeof environmentSchema>;
