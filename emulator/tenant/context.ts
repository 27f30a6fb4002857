import type { Deliveries } from "./delivery/deliveries.ts";
import type { TenantLog } from "./delivery/log.ts";
import type { TenantState } from "./state.ts";

/** What the routes work with. */
export interface TenantContext {
  /** Name of the tenant, as it stands in phone providers, templates and events. */
  readonly name: string;
  readonly state: TenantState;
  readonly log: TenantLog;
  readonly deliveries: Deliveries;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds that a build takes. */
  readonly buildDelay: number;
}
