import { z } from "zod";
import type { RequestFacts, Surroundings } from "../delivery/events.ts";
import { hex } from "../identifiers.ts";
import { AuthenticationRefusal } from "../api-error.ts";
import { authenticate } from "./clients.ts";
import type { Codes } from "./codes.ts";
import { connectionOptions, mail, textMessage } from "./messages.ts";
import { recipientKey } from "./users.ts";
import type { People, Strategy } from "./users.ts";
import type { StoredClient, StoredConnection } from "../model.ts";
import type { TenantContext } from "../context.ts";

export interface StartCall {
  readonly body: unknown;
  readonly authorization: string | undefined;
  readonly correlationId: string | undefined;
  readonly request: RequestFacts;
}

const startBody = z.looseObject({
  connection: z.string({ error: "Missing required property: connection" }),
  email: z.email({ error: "Expected email to be a mail address" }).optional(),
  phone_number: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, { error: "Expected phone_number in E.164 format" })
    .optional(),
  send: z.enum(["code", "link"], { error: "Expected send to be code" }).nullable().optional(),
});

/**
 * `POST /passwordless/start`: makes a code and hands it to the channel's provider. The answer
 * does not wait for the delivery and does not tell how it went.
 *
 * @throws AuthenticationRefusal 400
 */
export function startPasswordless(
  tenant: TenantContext,
  { codes, people }: { codes: Codes; people: People },
  call: StartCall,
): Record<string, unknown> {
  const client = authenticate(tenant.state.clients, call.body ?? {}, call.authorization, 400);
  const { strategy, recipient, connection } = checked(tenant, client, call.body);
  const options = connectionOptions.parse(connection?.options ?? {});
  const step = options.totp?.time_step;
  const code = codes.issue(recipientKey(strategy, recipient), {
    length: options.totp?.length,
    lifetime: step === undefined ? undefined : step * 1000,
  });
  const around: Surroundings = {
    user: people.of(strategy, recipient),
    client,
    ...(connection ? { connection: identity(connection) } : {}),
    request: call.request,
    tenant: { id: tenant.name, friendly_name: String(tenant.state.settings["friendly_name"]) },
    correlationId: call.correlationId,
  };
  const write = strategy === "email" ? mail : textMessage;
  const { message, provider } = write(tenant, recipient, code, options, around);
  if (provider.unavailable === undefined) tenant.deliveries.enqueue(message);
  else tenant.deliveries.refuse(message, provider.unavailable);
  return { _id: hex(24), [strategy === "email" ? "email" : "phone_number"]: recipient };
}

function checked(
  tenant: TenantContext,
  client: StoredClient,
  body: unknown,
): { strategy: Strategy; recipient: string; connection: StoredConnection | undefined } {
  const parsed = startBody.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refusal(String(issue?.path[0] ?? "request"), issue?.message ?? "Invalid request");
  }
  const { connection: name, email, phone_number, send } = parsed.data;
  const all = [...tenant.state.connections.values()];
  const connection =
    all.find((one) => one.name === name) ?? all.find((one) => one.strategy === name);
  const strategy = connection?.strategy ?? name;
  if (strategy !== "email" && strategy !== "sms")
    throw refusal("connection", "Connection must be a passwordless connection: email or sms");
  if (connection && !connection.enabled_clients.includes(client.client_id))
    throw refusal("connection", "The connection is not enabled for this client");
  if (send === "link" || (strategy === "email" && send !== "code"))
    throw refusal("send", "This tenant sends codes, not links: send must be code");
  const recipient = strategy === "email" ? email : phone_number;
  if (recipient === undefined) {
    const property = strategy === "email" ? "email" : "phone_number";
    throw refusal(property, `Missing required property: ${property}`);
  }
  return { strategy, recipient, connection };
}

function identity({ id, name, strategy }: StoredConnection): {
  id: string;
  name: string;
  strategy: string;
} {
  return { id, name, strategy };
}

function refusal(property: string, description: string): AuthenticationRefusal {
  return new AuthenticationRefusal(400, `bad.${property}`, description);
}
