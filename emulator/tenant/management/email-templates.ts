import { z } from "zod";
import { ManagementRefusal } from "../api-error.ts";
import { bodyOf, param } from "../route.ts";
import type { Answer, Call, Route } from "../route.ts";
import type { TenantContext } from "../context.ts";
import { emailTemplateNames } from "../model.ts";
import type { EmailTemplate } from "../model.ts";

const template = z.strictObject({
  template: z.enum(emailTemplateNames),
  body: z.string().nullable(),
  from: z.string().nullable(),
  resultUrl: z.string().nullable().optional(),
  subject: z.string().nullable(),
  syntax: z.string().nullable(),
  urlLifetimeInSeconds: z.number().nullable().optional(),
  includeEmailInRedirect: z.boolean().optional(),
  enabled: z.boolean().nullable(),
});

/** `email-templates`: kept and shown, but no message here is made from them. */
export function emailTemplateRoutes(tenant: TenantContext): readonly Route[] {
  const { emailTemplates } = tenant.state;

  const found = (call: Call): EmailTemplate => {
    const stored = emailTemplates.get(param(call, "name"));
    if (stored) return stored;
    throw new ManagementRefusal(404, "The template does not exist.", "inexistent_email_template");
  };

  const store = (value: EmailTemplate): Answer => {
    emailTemplates.set(value.template, value);
    return { status: 200, body: value };
  };

  const create = (call: Call): Answer => {
    const given = bodyOf(template, call);
    if (emailTemplates.has(given.template))
      throw new ManagementRefusal(409, `Template ${given.template} already exists.`);
    return store(given);
  };

  const update = (call: Call): Answer => {
    const before = found(call);
    const given = Object.entries(bodyOf(template.partial(), call));
    return store({ ...before, ...Object.fromEntries(given.filter(([, v]) => v !== undefined)) });
  };

  const path = "/email-templates";
  const one = `${path}/:name`;
  return [
    { method: "POST", path, scope: "create:email_templates", answer: create },
    {
      method: "GET",
      path: one,
      scope: "read:email_templates",
      answer: (call) => ({ status: 200, body: found(call) }),
    },
    { method: "PATCH", path: one, scope: "update:email_templates", answer: update },
    {
      method: "PUT",
      path: one,
      scope: "update:email_templates",
      answer: (call) => store(bodyOf(template, call)),
    },
  ];
}
