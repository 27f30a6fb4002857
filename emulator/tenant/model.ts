// What a tenant keeps, as the Management API shows it: in a file of its own, so that the routes, the
// deliveries and the state can all name them without needing each other.

/** An Action's place in a trigger. */
export interface StoredBinding {
  readonly id: string;
  readonly actionId: string;
  readonly display_name: string;
  readonly created_at: string;
}

/** A client (application) as the Management API shows it. */
export interface StoredClient {
  readonly client_id: string;
  readonly client_secret: string;
  readonly name: string;
  readonly grant_types: readonly string[];
  readonly client_metadata?: Readonly<Record<string, string>> | undefined;
  readonly token_endpoint_auth_method?: string | undefined;
  readonly [field: string]: unknown;
}

/** A connection as the Management API shows it. */
export interface StoredConnection {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly strategy: string;
  readonly name: string;
  readonly is_domain_connection: boolean;
  readonly authentication?: { readonly active: boolean };
  readonly connected_accounts?: { readonly active: boolean };
  readonly enabled_clients: readonly string[];
  readonly realms: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** The tenant's one e-mail provider. Only those credentials that Auth0 shows again are kept. */
export interface EmailProvider {
  readonly name: string;
  readonly enabled: boolean;
  readonly default_from_address?: string | undefined;
  readonly credentials: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

export type DeliveryMethod = "text" | "voice";

/** A phone provider as the Management API shows it; credentials are not kept. */
export interface PhoneProvider {
  readonly id: string;
  readonly tenant: string;
  readonly name: "twilio" | "custom";
  readonly channel: "phone";
  readonly disabled: boolean;
  readonly configuration: {
    readonly delivery_methods: readonly DeliveryMethod[];
    readonly default_from?: string | undefined;
    readonly sid?: string | undefined;
    readonly mssid?: string | undefined;
  };
  readonly created_at: string;
  readonly updated_at: string;
}

/** Names of the templates that a tenant has. */
export const emailTemplateNames = [
  "verify_email",
  "verify_email_by_code",
  "auth_email_by_code",
  "reset_email",
  "reset_email_by_code",
  "welcome_email",
  "blocked_account",
  "stolen_credentials",
  "enrollment_email",
  "mfa_oob_code",
  "user_invitation",
  "change_password",
  "password_reset",
  "async_approval",
] as const;

export type EmailTemplateName = (typeof emailTemplateNames)[number];

/** An e-mail template as the Management API shows it. */
export interface EmailTemplate {
  readonly template: EmailTemplateName;
  readonly body: string | null;
  readonly from: string | null;
  readonly resultUrl?: string | null | undefined;
  readonly subject: string | null;
  readonly syntax: string | null;
  readonly urlLifetimeInSeconds?: number | null | undefined;
  readonly includeEmailInRedirect?: boolean | undefined;
  readonly enabled: boolean | null;
}
