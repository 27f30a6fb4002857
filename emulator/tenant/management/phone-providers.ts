import { z } from "zod";
import { letters } from "../identifiers.ts";
import { ManagementRefusal } from "../api-error.ts";
import { bodyOf, param } from "../route.ts";
import type { Answer, Call, Route } from "../route.ts";
import { timestamp } from "../state.ts";
import { tryPhone } from "../delivery/test-message.ts";
import { hasDeployed } from "./action.ts";
import type { TenantContext } from "../context.ts";
import type { PhoneProvider } from "../model.ts";

const method = z.enum(["text", "voice"]);
const configuration = z.strictObject({
  delivery_methods: z.array(method).min(1),
  default_from: z.string().optional(),
  sid: z.string().optional(),
  mssid: z.string().optional(),
});
const fields = {
  name: z.enum(["twilio", "custom"]),
  disabled: z.boolean().optional(),
  configuration: configuration.optional(),
  credentials: z.looseObject({}),
};
const createBody = z.strictObject(fields);
const updateBody = z.strictObject({
  ...fields,
  name: fields.name.optional(),
  credentials: fields.credentials.optional(),
});
const tryBody = z.strictObject({
  to: z.string().min(1).max(16),
  delivery_method: method.optional(),
});

/** `branding/phone/providers` */
export function phoneProviderRoutes(tenant: TenantContext): readonly Route[] {
  const { phoneProviders, actions } = tenant.state;

  const found = (call: Call): PhoneProvider => {
    const provider = phoneProviders.get(param(call, "id"));
    if (provider) return provider;
    throw new ManagementRefusal(404, "The phone provider has not been configured.");
  };

  const store = (provider: PhoneProvider): PhoneProvider => {
    const { sid, default_from, mssid } = provider.configuration;
    if (provider.name === "twilio" && !(sid && (default_from ?? mssid)))
      throw new ManagementRefusal(400, "Bad Operation on Notification Resource");
    if (provider.name === "custom" && !hasDeployed("custom-phone-provider", actions))
      throw new ManagementRefusal(
        409,
        "No deployed action was found",
        // The slip in the name is Auth0's own.
        "custom_email_provider_deployed_action_not_found",
      );
    phoneProviders.set(provider.id, provider);
    return provider;
  };

  const create = (call: Call): Answer => {
    const body = bodyOf(createBody, call);
    if (phoneProviders.size > 0)
      throw new ManagementRefusal(409, "A phone provider is already configured");
    const now = timestamp(tenant.clock);
    const provider = store({
      id: `pro_${letters(22)}`,
      tenant: tenant.name,
      name: body.name,
      channel: "phone",
      disabled: body.disabled ?? false,
      configuration: body.configuration ?? { delivery_methods: ["text"] },
      created_at: now,
      updated_at: now,
    });
    return { status: 201, body: provider };
  };

  const update = (call: Call): Answer => {
    const before = found(call);
    const body = bodyOf(updateBody, call);
    const provider = store({
      ...before,
      name: body.name ?? before.name,
      disabled: body.disabled ?? before.disabled,
      configuration: body.configuration ?? before.configuration,
      updated_at: timestamp(tenant.clock),
    });
    return { status: 200, body: provider };
  };

  const attempt = (call: Call): Answer => {
    const provider = found(call);
    const { to, delivery_method } = bodyOf(tryBody, call);
    if (provider.name !== "custom")
      throw new ManagementRefusal(400, "Only a custom phone provider can be tried here.");
    tryPhone(tenant, to, delivery_method ?? "text");
    return { status: 202, body: { code: 202, message: "Phone notification sent." } };
  };

  const path = "/branding/phone/providers";
  const one = `${path}/:id`;
  return [
    {
      method: "GET",
      path,
      scope: "read:phone_providers",
      answer: () => ({ status: 200, body: { providers: [...phoneProviders.values()] } }),
    },
    { method: "POST", path, scope: "create:phone_providers", answer: create },
    {
      method: "GET",
      path: one,
      scope: "read:phone_providers",
      answer: (call) => ({ status: 200, body: found(call) }),
    },
    { method: "PATCH", path: one, scope: "update:phone_providers", answer: update },
    {
      method: "DELETE",
      path: one,
      scope: "delete:phone_providers",
      answer: (call) => {
        phoneProviders.delete(found(call).id);
        return { status: 204 };
      },
    },
    { method: "POST", path: `${one}/try`, scope: "create:phone_providers", answer: attempt },
  ];
}
