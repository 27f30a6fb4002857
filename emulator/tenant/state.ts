import type { StoredAction } from "./management/action.ts";
import type { PhoneTemplate } from "./management/phone-texts.ts";
import type {
  EmailProvider,
  EmailTemplate,
  PhoneProvider,
  StoredBinding,
  StoredClient,
  StoredConnection,
} from "./model.ts";

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
