/** A request as the tenant saw it, without anything secret. */
export interface RecordedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Without `authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  /** With secret values replaced by `(redacted)`. */
  readonly body: unknown;
  /** 0 while it is not answered, and when the connection was reset. */
  status: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export const redacted = "(redacted)";

const secretFields = new Set([
  "client_secret",
  "client_assertion",
  "access_token",
  "refresh_token",
  "password",
  "otp",
  "twilio_token",
  "twilio_sid",
]);

/** A copy of a body without the values of secrets, credentials and passcodes. */
export function withoutSecrets(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withoutSecrets);
  if (typeof body !== "object" || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]: [string, unknown]) => {
      if (secretFields.has(name)) return [name, redacted];
      if (name === "secrets" && Array.isArray(value)) return [name, value.map(withoutValue)];
      if (name === "credentials") return [name, withoutValues(value)];
      return [name, withoutSecrets(value)];
    }),
  );
}

function withoutValue(secret: unknown): unknown {
  if (typeof secret !== "object" || secret === null || !("value" in secret)) return secret;
  return { ...secret, value: redacted };
}

function withoutValues(credentials: unknown): unknown {
  if (typeof credentials !== "object" || credentials === null) return credentials;
  return Object.fromEntries(Object.keys(credentials).map((name) => [name, redacted]));
}
