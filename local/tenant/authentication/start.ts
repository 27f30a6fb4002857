import { z } from "zod";
import { emailMessage, phoneMessage } from "../delivery/events.ts";
import type { RequestFacts, Surroundings, Message } from "../delivery/events.ts";
import { emailProvider, phoneProvider } from "../delivery/provider.ts";
import type { Provider } from "../delivery/provider.ts";
import { fill, wordsOf } from "../delivery/template.ts";
import type { TemplateValues } from "../delivery/template.ts";
import { hex } from "../identifiers.ts";
import type { StoredClient } from "../management/clients.ts";
import type { StoredConnection } from "../management/connections.ts";
import { phoneTexts } from "../management/phone-templates.ts";
import { AuthenticationRefusal } from "../refusal.ts";
import type { TenantContext } from "../state.ts";
import { authenticate } from "./clients.ts";
import type { Codes } from "./codes.ts";
import { recipientKey } from "./people.ts";
import type { People, Strategy } from "./people.ts";

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

/** What a connection says about codes and their messages, as far as it says anything. */
const connectionOptions = z.object({
  from: z.string().optional().catch(undefined),
  template: z.string().optional().catch(undefined),
  email: z
    .object({ from: z.string(), subject: z.string(), body: z.string() })
    .partial()
    .optional()
    .catch(undefined),
  totp: z
    .object({ length: z.number().int().min(4).max(40), time_step: z.number().positive() })
    .partial()
    .optional()
    .catch(undefined),
});
type ConnectionOptions = z.infer<typeof connectionOptions>;

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
  const { message, provider } = (strategy === "email" ? mail : textMessage)(
    tenant,
    recipient,
    code,
    options,
    around,
  );
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

interface Outgoing {
  readonly message: Message;
  readonly provider: Provider;
}

function mail(
  tenant: TenantContext,
  to: string,
  code: string,
  options: ConnectionOptions,
  around: Surroundings,
): Outgoing {
  const provider = emailProvider(tenant.state);
  const values = templateValues(code, to, around);
  const template = options.email;
  const html = fill(
    template?.body ?? "<html><body><p>Your verification code is: {{ code }}</p></body></html>",
    values,
  );
  const message = emailMessage(
    {
      message_type: "verification_code",
      to,
      from: fill(template?.from ?? "", values) || (provider.from ?? ""),
      subject: fill(template?.subject ?? "Your code for {{ application.name }}", values),
      html,
      text: wordsOf(html),
      locale: around.request.language ?? "en",
    },
    around,
    code,
  );
  return { message, provider };
}

function textMessage(
  tenant: TenantContext,
  recipient: string,
  code: string,
  options: ConnectionOptions,
  around: Surroundings,
): Outgoing {
  const { state } = tenant;
  const unified = state.settings["phone_consolidated_experience"] === true;
  const provider: Provider = unified
    ? phoneProvider(state, "text")
    : { unavailable: "phone_consolidated_experience is off, so SMS has no phone provider" };
  const values = templateValues(code, recipient, around);
  const texts = phoneTexts(state.phoneTemplates, "otp_verify");
  const message = phoneMessage(
    {
      message_type: "otp_verify",
      recipient,
      delivery_method: "text",
      as_text: fill(options.template ?? texts.text, values),
      as_voice: fill(options.template ?? texts.voice, values),
      code,
      from: options.from ?? texts.from ?? provider.from,
      locale: around.request.language ?? "en",
    },
    around,
  );
  return { message, provider };
}

function templateValues(code: string, recipient: string, around: Surroundings): TemplateValues {
  return {
    code,
    password: code,
    email: recipient,
    phone_number: recipient,
    "application.name": around.client.name,
    "application.clientID": around.client.client_id,
    "connection.name": around.connection?.name ?? "",
    "tenant.friendly_name": around.tenant.friendly_name ?? around.tenant.id,
    friendly_name: around.tenant.friendly_name ?? around.tenant.id,
  };
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
