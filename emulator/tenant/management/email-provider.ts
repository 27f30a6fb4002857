import { z } from "zod";
import { ManagementRefusal } from "../api-error.ts";
import { bodyOf, selectFields } from "../route.ts";
import type { Answer, Call, Route } from "../route.ts";
import { hasDeployed } from "./action.ts";
import type { TenantContext } from "../context.ts";
import type { EmailProvider } from "../model.ts";

const shownCredentials = ["api_user", "domain", "region", "smtp_host", "smtp_port", "smtp_user"];

const fields = {
  name: z.enum([
    "mailgun",
    "mandrill",
    "sendgrid",
    "resend",
    "ses",
    "sparkpost",
    "smtp",
    "azure_cs",
    "ms365",
    "custom",
  ]),
  enabled: z.boolean().optional(),
  default_from_address: z.string().optional(),
  credentials: z.looseObject({}),
  settings: z.looseObject({}).nullable().optional(),
};
const createBody = z.strictObject(fields);
const updateBody = z.strictObject({
  ...fields,
  name: fields.name.optional(),
  credentials: fields.credentials.optional(),
});

/** `emails/provider` */
export function emailProviderRoutes(tenant: TenantContext): readonly Route[] {
  const { state } = tenant;

  const current = (): EmailProvider => {
    if (state.emailProvider) return state.emailProvider;
    throw new ManagementRefusal(
      404,
      "There is not a configured email provider",
      "inexistent_email_provider",
    );
  };

  const store = (provider: EmailProvider): EmailProvider => {
    if (provider.name === "custom" && !hasDeployed("custom-email-provider", state.actions))
      throw new ManagementRefusal(409, "No deployed action was found");
    state.emailProvider = provider;
    return provider;
  };

  const create = (call: Call): Answer => {
    const body = bodyOf(createBody, call);
    if (state.emailProvider)
      throw new ManagementRefusal(409, "The email provider is already configured");
    return { status: 201, body: store(made(body)) };
  };

  const update = (call: Call): Answer => {
    const before = current();
    const body = bodyOf(updateBody, call);
    // Settings and credentials belong to a vendor: they go with its name (recorded).
    const kept = body.name === undefined || body.name === before.name ? before : undefined;
    const merged = made({
      name: body.name ?? before.name,
      enabled: body.enabled ?? before.enabled,
      default_from_address: body.default_from_address ?? before.default_from_address,
      credentials: body.credentials ?? kept?.credentials ?? {},
      settings: body.settings ?? kept?.settings,
    });
    return { status: 200, body: store(merged) };
  };

  const path = "/emails/provider";
  return [
    {
      method: "GET",
      path,
      scope: "read:email_provider",
      answer: (call) => ({ status: 200, body: selectFields(current(), call.query) }),
    },
    { method: "POST", path, scope: "create:email_provider", answer: create },
    { method: "PATCH", path, scope: "update:email_provider", answer: update },
    {
      method: "DELETE",
      path,
      scope: "delete:email_provider",
      // 204 also where there is none (recorded).
      answer: () => {
        state.emailProvider = undefined;
        return { status: 204 };
      },
    },
  ];
}

function made(body: {
  name: string;
  enabled?: boolean | undefined;
  default_from_address?: string | undefined;
  credentials: Readonly<Record<string, unknown>>;
  settings?: Readonly<Record<string, unknown>> | null | undefined;
}): EmailProvider {
  const shown = Object.entries(body.credentials).filter(([key]) => shownCredentials.includes(key));
  const from = body.default_from_address;
  return {
    name: body.name,
    enabled: body.enabled ?? true,
    ...(from === undefined ? {} : { default_from_address: from }),
    credentials: Object.fromEntries(shown),
    ...(body.settings ? { settings: body.settings } : {}),
  };
}
