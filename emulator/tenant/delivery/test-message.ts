import { phoneTexts } from "../management/phone-texts.ts";
import type { PhoneMessageType } from "../management/phone-texts.ts";
import { timestamp } from "../state.ts";
import { phoneMessage } from "./events.ts";
import { phoneProvider } from "./provider.ts";
import { fill } from "./template.ts";
import type { DeliveryMethod } from "../model.ts";
import type { TenantContext } from "../context.ts";

/**
 * Sends a message of a template to a number, as the dashboard's "try" does. The code in it is
 * made up and logs nobody in.
 */
export function tryPhone(
  tenant: TenantContext,
  to: string,
  method: DeliveryMethod,
  type: PhoneMessageType = "otp_verify",
): void {
  const provider = phoneProvider(tenant.state, method);
  const texts = phoneTexts(tenant.state.phoneTemplates, type);
  const code = type.startsWith("otp_") ? { code: "123456" } : {};
  const now = timestamp(tenant.clock);
  const message = phoneMessage(
    {
      message_type: type,
      recipient: to,
      delivery_method: method,
      as_text: fill(texts.text, code),
      as_voice: fill(texts.voice, code),
      from: texts.from ?? provider.from,
      locale: "en",
      ...code,
    },
    {
      user: {
        user_id: "auth0|try",
        phone_number: to,
        created_at: now,
        updated_at: now,
        verified: false,
      },
      client: { client_id: "try", name: "Management API" },
      request: { ip: "127.0.0.1", method: "POST", hostname: "localhost" },
      tenant: { id: tenant.name },
    },
  );
  if (provider.unavailable === undefined) tenant.deliveries.enqueue(message);
  else tenant.deliveries.refuse(message, provider.unavailable);
}
