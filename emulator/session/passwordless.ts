import { request } from "node:https";
import type { CodeRequest, Inbox } from "../inbox/index.ts";
import type { Execution, Tenant } from "../tenant/index.ts";
import { UserError } from "../../config/user-error.ts";

/** How long the tenant may take for one answer, and a code to arrive, in milliseconds. */
const answerMs = 30_000;

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One POST with a JSON body to the tenant, whose own certificate alone is trusted. */
function post(tenant: Tenant, path: string, body: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(`${tenant.url}${path}`, {
      method: "POST",
      ca: tenant.certificate,
      headers: { "content-type": "application/json" },
      signal: AbortSignal.timeout(answerMs),
    });
    call.on("error", reject).on("response", (response) => {
      let text = "";
      response
        .setEncoding("utf8")
        .on("data", (chunk: string) => (text += chunk))
        .on("error", reject)
        .on("end", () => {
          try {
            resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Answer["body"] });
          } catch {
            reject(
              new Error(`expected JSON from ${path}, got: status ${String(response.statusCode)}`),
            );
          }
        });
    });
    call.end(JSON.stringify(body));
  });
}

function refused(answer: Answer): Error {
  const { error_description: description, error } = answer.body;
  const said = [description, error].find((text): text is string => typeof text === "string");
  return new Error(
    `expected the tenant to agree, got: ${String(answer.status)} ${said ?? "without a reason"}`,
  );
}

/**
 * Asks the tenant to send a code (`POST /passwordless/start`).
 * @throws Error with the tenant's reason
 */
export async function requestCode(tenant: Tenant, { channel, to }: CodeRequest): Promise<void> {
  const { clientId, clientSecret } = tenant.client;
  const answer = await post(tenant, "/passwordless/start", {
    client_id: clientId,
    client_secret: clientSecret,
    connection: channel,
    send: "code",
    ...(channel === "email" ? { email: to } : { phone_number: to }),
  });
  if (answer.status !== 200) throw refused(answer);
}

/** One login, as it went. */
export interface Login {
  readonly channel: CodeRequest["channel"];
  readonly to: string;
  /** Milliseconds from the request of the code to its arrival, and to the tokens. */
  readonly deliveredMs: number;
  readonly loggedInMs: number;
}

/** Why an execution delivered nothing, in one line; `undefined` if it did or will run again. */
export function failureOf({ outcome, log, retryInMs, version }: Execution): string | undefined {
  if (outcome.kind === "delivered" || retryInMs !== undefined) return undefined;
  const said = log === "" ? "" : `; it logged: ${log}`;
  const action = `version ${String(version)} of the Action`;
  switch (outcome.kind) {
    case "error":
      return `${action} threw: ${outcome.reason}${said}`;
    case "timeout":
      return `${action} took too long${said}`;
    case "drop":
      return `${action} dropped the message: ${outcome.reason}${said}`;
    case "retry":
      return `${action} gave up after its last retry: ${outcome.reason}${said}`;
  }
}

/** Rejects as soon as an execution for somebody has failed for good. */
function failed(tenant: Tenant, to: string) {
  let forget = (): void => undefined;
  const failure = new Promise<never>((_, reject) => {
    forget = tenant.onExecution((execution) => {
      const why = execution.recipient === to ? failureOf(execution) : undefined;
      if (why !== undefined) reject(new UserError(`no code reached ${to}: ${why}`));
    });
  });
  return { failure, forget };
}

/**
 * Logs somebody in: requests a code, takes it from what arrives in the inbox, and exchanges it for
 * tokens (`POST /oauth/token`).
 *
 * @throws UserError as soon as the Action has failed for good, quoting it
 * @throws Error if the code does not arrive in 30 s, or the tenant does not take it
 */
export async function logIn(tenant: Tenant, inbox: Inbox, code: CodeRequest): Promise<Login> {
  const began = Date.now();
  const before = new Set(inbox.messages.map(({ id }) => id));
  const arrival = inbox.waitFor(({ id, to }) => to === code.to && !before.has(id), answerMs);
  // Whichever comes first decides; the other may still reject, which nobody has to hear.
  arrival.catch(() => undefined);
  const { failure, forget } = failed(tenant, code.to);
  const delivered = Promise.race([arrival, failure]).finally(forget);
  const [message] = await Promise.all([delivered, requestCode(tenant, code)]);
  const deliveredMs = Date.now() - began;
  const { clientId, clientSecret } = tenant.client;
  const answer = await post(tenant, "/oauth/token", {
    grant_type: "http://auth0.com/oauth/grant-type/passwordless/otp",
    client_id: clientId,
    client_secret: clientSecret,
    username: code.to,
    otp: message.code,
    realm: code.channel,
    scope: "openid profile email",
  });
  if (answer.status !== 200 || typeof answer.body["access_token"] !== "string")
    throw refused(answer);
  return { ...code, deliveredMs, loggedInMs: Date.now() - began };
}
