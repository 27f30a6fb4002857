import type { Route } from "../route.ts";
import { actionVersionRoutes } from "./action-versions.ts";
import { actionRoutes } from "./actions.ts";
import { bindingRoutes } from "./bindings.ts";
import { clientRoutes } from "./clients.ts";
import { connectionRoutes } from "./connections.ts";
import { emailProviderRoutes } from "./email-provider.ts";
import { emailTemplateRoutes } from "./email-templates.ts";
import { logRoutes } from "./logs.ts";
import { phoneProviderRoutes } from "./phone-providers.ts";
import { phoneTemplateRoutes } from "./phone-templates.ts";
import { settingsRoutes } from "./settings.ts";
import type { TenantContext } from "../context.ts";

/** All operations of the Management API that this tenant has. */
export function managementRoutes(tenant: TenantContext): readonly Route[] {
  return [
    actionRoutes,
    actionVersionRoutes,
    bindingRoutes,
    clientRoutes,
    connectionRoutes,
    emailProviderRoutes,
    emailTemplateRoutes,
    logRoutes,
    phoneProviderRoutes,
    phoneTemplateRoutes,
    settingsRoutes,
  ].flatMap((routes) => routes(tenant));
}
