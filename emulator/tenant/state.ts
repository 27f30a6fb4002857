import type { StoredAction } from "./management/action.ts";
import type { StoredBinding } from "./management/bindings.ts";
import type { StoredClient } from "./management/clients.ts";
import type { StoredConnection } from "./management/connections.ts";
import type { EmailProvider } from "./management/email-provider.ts";
import type { EmailTemplate } from "./management/email-templates.ts";
import type { PhoneProvider } from "./management/phone-providers.ts";
import type { PhoneTemplate } from "./management/phone-texts.ts";
import type { TenantLog } from "./delivery/log.ts";
import type { Deliveries } from "./delivery/deliveries.ts";

/** Everything that a tenant remembers; kept in memory alone. */
export interface TenantState {
  readonly actions: Map<string, StoredAction>;
  /** By trigger. */
  readonly bindings: Map<string, readonly StoredBinding[]>;
  readonly clients: Map<string, StoredClient>;
  readonly connections: Map<string, StoredConnection>;
  readonly phoneProviders: Map<string, PhoneProvider>;
  readonly phoneTemplates: Map<string, PhoneTemplate>;
  readonly emailTemplates: Map<string, EmailTemplate>;
  emailProvider: EmailProvider | undefined;
  settings: Record<string, unknown>;
}

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

export function emptyState(phoneConsolidatedExperience: boolean): TenantState {
  return {
    actions: new Map(),
    bindings: new Map(),
    clients: new Map(),
    connections: new Map(),
    phoneProviders: new Map(),
    phoneTemplates: new Map(),
    emailTemplates: new Map(),
    emailProvider: undefined,
    settings: {
      friendly_name: "Local tenant",
      phone_consolidated_experience: phoneConsolidatedExperience,
      flags: {},
    },
  };
}

/** The present as the Management API writes it. */
export function timestamp(clock: () => number): string {
  return new Date(clock()).toISOString();
}
