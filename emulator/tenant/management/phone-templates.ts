import { z } from "zod";
import { tryPhone } from "../delivery/test-message.ts";
import { letters } from "../identifiers.ts";
import { ManagementRefusal } from "../api-error.ts";
import { bodyOf, param } from "../route.ts";
import type { Answer, Call, Route } from "../route.ts";
import { timestamp } from "../state.ts";
import { defaultPhoneTexts, phoneMessageTypes } from "./phone-texts.ts";
import type { PhoneTemplate } from "./phone-texts.ts";
import type { TenantContext } from "../context.ts";

const body = z.strictObject({
  text: z.string().min(1).max(20_000).optional(),
  voice: z.string().min(1).max(20_000).optional(),
});
const content = z.strictObject({
  syntax: z.literal("liquid").optional(),
  from: z.string().min(1).max(16).optional(),
  body: body.optional(),
});
const createBody = z.strictObject({
  type: z.enum(phoneMessageTypes),
  disabled: z.boolean().optional(),
  content: content.optional(),
});
const updateBody = z.strictObject({
  disabled: z.boolean().optional(),
  content: content.omit({ syntax: true }).optional(),
});
const tryBody = z.looseObject({
  to: z.string().min(1).max(16),
  delivery_method: z.enum(["text", "voice"]).optional(),
});

/** `branding/phone/templates` */
export function phoneTemplateRoutes(tenant: TenantContext): readonly Route[] {
  const { phoneTemplates } = tenant.state;

  const found = (call: Call): PhoneTemplate => {
    const template = phoneTemplates.get(param(call, "id"));
    if (template) return template;
    throw new ManagementRefusal(404, "Phone template does not exist");
  };

  const store = (template: PhoneTemplate): PhoneTemplate => {
    phoneTemplates.set(template.id, template);
    return template;
  };

  const create = (call: Call): Answer => {
    const given = bodyOf(createBody, call);
    if ([...phoneTemplates.values()].some(({ type }) => type === given.type))
      throw new ManagementRefusal(409, "Phone template already configured for tenant");
    const now = timestamp(tenant.clock);
    const { from } = given.content ?? {};
    const template = store({
      id: `tem_${letters(22)}`,
      tenant: tenant.name,
      channel: "phone",
      type: given.type,
      disabled: given.disabled ?? false,
      created_at: now,
      updated_at: now,
      content: {
        syntax: "liquid",
        body: given.content?.body ?? defaultPhoneTexts[given.type],
        ...(from === undefined ? {} : { from }),
      },
    });
    return { status: 201, body: template };
  };

  const update = (call: Call): Answer => {
    const before = found(call);
    const given = bodyOf(updateBody, call);
    const from = given.content?.from ?? before.content.from;
    const after = store({
      ...before,
      disabled: given.disabled ?? before.disabled,
      updated_at: timestamp(tenant.clock),
      content: {
        syntax: "liquid",
        body: { ...before.content.body, ...given.content?.body },
        ...(from === undefined ? {} : { from }),
      },
    });
    return { status: 200, body: after };
  };

  const reset = (call: Call): Answer => {
    const before = found(call);
    const content = { syntax: "liquid" as const, body: defaultPhoneTexts[before.type] };
    const after = store({ ...before, content, updated_at: timestamp(tenant.clock) });
    return { status: 200, body: after };
  };

  const attempt = (call: Call): Answer => {
    const { type } = found(call);
    const { to, delivery_method } = bodyOf(tryBody, call);
    tryPhone(tenant, to, delivery_method ?? "text", type);
    return { status: 202, body: { message: "Phone notification sent." } };
  };

  const list = (call: Call): Answer => {
    const { disabled } = call.query;
    const templates = [...phoneTemplates.values()].filter(
      (template) => disabled === undefined || String(template.disabled) === disabled,
    );
    return { status: 200, body: { templates } };
  };

  const path = "/branding/phone/templates";
  const one = `${path}/:id`;
  return [
    { method: "GET", path, scope: "read:phone_templates", answer: list },
    { method: "POST", path, scope: "create:phone_templates", answer: create },
    {
      method: "GET",
      path: one,
      scope: "read:phone_templates",
      answer: (call) => ({ status: 200, body: found(call) }),
    },
    { method: "PATCH", path: one, scope: "update:phone_templates", answer: update },
    {
      method: "DELETE",
      path: one,
      scope: "delete:phone_templates",
      answer: (call) => {
        phoneTemplates.delete(found(call).id);
        return { status: 204 };
      },
    },
    { method: "PATCH", path: `${one}/reset`, scope: "update:phone_templates", answer: reset },
    { method: "POST", path: `${one}/try`, scope: "create:phone_templates", answer: attempt },
  ];
}
