import { z } from "zod";
import { emailMessage, phoneMessage } from "../delivery/events.ts";
import type { Message, Surroundings } from "../delivery/events.ts";
import { emailProvider, phoneProvider } from "../delivery/provider.ts";
import type { Provider } from "../delivery/provider.ts";
import { fill, wordsOf } from "../delivery/template.ts";
import type { TemplateValues } from "../delivery/template.ts";
import { phoneTexts } from "../management/phone-texts.ts";
import type { TenantContext } from "../context.ts";

/** What a connection says about codes and their messages, as far as it says anything. */
export const connectionOptions = z.object({
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
export type ConnectionOptions = z.infer<typeof connectionOptions>;

/** A message and the provider that would send it. */
export interface Outgoing {
  readonly message: Message;
  readonly provider: Provider;
}

/** A passcode's mail: the connection's words, or plain ones where it has none. */
export function mail(
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

/** A passcode's SMS: the connection's words, else the tenant's template for `otp_verify`. */
export function textMessage(
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
