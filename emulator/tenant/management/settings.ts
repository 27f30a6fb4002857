import { z } from "zod";
import { bodyOf, selectFields } from "../route.ts";
import type { Call, Route } from "../route.ts";
import type { TenantContext } from "../context.ts";

const body = z.looseObject({
  phone_consolidated_experience: z.boolean().optional(),
  flags: z.record(z.string(), z.unknown()).optional(),
});

/** `tenants/settings` */
export function settingsRoutes(tenant: TenantContext): readonly Route[] {
  const { state } = tenant;
  const path = "/tenants/settings";
  return [
    {
      method: "GET",
      path,
      scope: "read:tenant_settings",
      answer: (call) => ({ status: 200, body: selectFields(state.settings, call.query) }),
    },
    {
      method: "PATCH",
      path,
      scope: "update:tenant_settings",
      answer: (call: Call) => {
        const given = bodyOf(body, call);
        const flags = { ...(state.settings["flags"] as object), ...given.flags };
        state.settings = { ...state.settings, ...given, flags };
        return { status: 200, body: state.settings };
      },
    },
  ];
}
