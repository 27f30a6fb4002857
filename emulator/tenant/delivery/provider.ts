import type { TenantState } from "../state.ts";
import type { DeliveryMethod } from "../model.ts";

/** Whether a channel can deliver now: with its default sender, or the reason why not. */
export type Provider =
  | { readonly from: string | undefined; readonly unavailable?: never }
  | { readonly from?: never; readonly unavailable: string };

/** Mail leaves through the tenant's provider when it is custom and enabled. */
export function emailProvider({ emailProvider: provider }: TenantState): Provider {
  if (!provider) return { unavailable: "no email provider is configured" };
  if (!provider.enabled) return { unavailable: "the email provider is disabled" };
  if (provider.name !== "custom")
    return { unavailable: `the email provider is ${provider.name}, which this tenant cannot run` };
  return { from: provider.default_from_address };
}

/** Phone messages leave through the tenant's provider when it is custom, enabled and has the method. */
export function phoneProvider(state: TenantState, method: DeliveryMethod): Provider {
  const [provider] = state.phoneProviders.values();
  if (!provider) return { unavailable: "no phone provider is configured" };
  if (provider.disabled) return { unavailable: "the phone provider is disabled" };
  if (provider.name !== "custom")
    return { unavailable: `the phone provider is ${provider.name}, which this tenant cannot run` };
  if (!provider.configuration.delivery_methods.includes(method))
    return { unavailable: `the phone provider does not deliver by ${method}` };
  return { from: provider.configuration.default_from };
}
