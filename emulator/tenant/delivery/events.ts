import type { CustomTrigger } from "../management/action.ts";

/** A person who logs in without a password, as events describe them. */
export interface User {
  readonly user_id: string;
  readonly email?: string;
  readonly phone_number?: string;
  readonly created_at: string;
  updated_at: string;
  verified: boolean;
}

/** Whatever of a request the events tell. */
export interface RequestFacts {
  readonly ip: string;
  readonly method: string;
  readonly hostname: string;
  readonly user_agent?: string | undefined;
  readonly language?: string | undefined;
}

export interface Surroundings {
  readonly user: User;
  readonly client: {
    readonly client_id: string;
    readonly name: string;
    readonly client_metadata?: Readonly<Record<string, string>> | undefined;
  };
  readonly connection?: { readonly id: string; readonly name: string; readonly strategy: string };
  readonly request: RequestFacts;
  readonly tenant: { readonly id: string; readonly friendly_name?: string };
  readonly correlationId?: string | undefined;
}

export interface EmailNotification {
  readonly message_type: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly locale: string;
}

export interface PhoneNotification {
  readonly message_type: string;
  readonly recipient: string;
  readonly delivery_method: "text" | "voice";
  readonly as_text: string;
  readonly as_voice: string;
  readonly code?: string;
  readonly from?: string | undefined;
  readonly locale?: string;
}

/** A message on its way to an Action; `event` lacks nothing but the secrets. */
export interface Message {
  readonly trigger: CustomTrigger;
  readonly event: Readonly<Record<string, unknown>>;
  /** Words that must not reach the log. */
  readonly confidential: readonly string[];
  readonly surroundings: Surroundings;
}

/** The event of `custom-email-provider`, whose `request` has only optional parts. */
export function emailMessage(
  notification: EmailNotification,
  around: Surroundings,
  code: string,
): Message {
  const { user, request } = around;
  const { ip, hostname, user_agent } = request;
  return {
    trigger: "custom-email-provider",
    event: {
      ...shared(around),
      notification,
      request: { ip, hostname, query: {}, geoip: {}, ...present({ user_agent }) },
      user: {
        ...person(user),
        ...present({ email: user.email, name: user.email }),
        email_verified: user.verified,
      },
    },
    confidential: [code, notification.to],
    surroundings: around,
  };
}

/** The event of `custom-phone-provider`. */
export function phoneMessage(notification: PhoneNotification, around: Surroundings): Message {
  const { user, request } = around;
  const { ip, method, hostname, user_agent, language } = request;
  return {
    trigger: "custom-phone-provider",
    event: {
      ...shared(around),
      notification: present(notification),
      request: { ip, method, geoip: {}, hostname, ...present({ user_agent, language }) },
      user: {
        ...person(user),
        ...present({ phone_number: user.phone_number }),
        email_verified: false,
        phone_verified: user.verified,
        created_at: user.created_at,
        updated_at: user.updated_at,
      },
    },
    confidential: [notification.code ?? "", notification.recipient],
    surroundings: around,
  };
}

function shared({ client, connection, tenant, correlationId }: Surroundings): object {
  const { client_id, name, client_metadata } = client;
  return {
    client: { client_id, name, metadata: client_metadata ?? {} },
    tenant,
    ...present({ connection }),
    transaction: present({ correlation_id: correlationId }),
  };
}

function person({ user_id }: User): object {
  return { user_id, app_metadata: {}, user_metadata: {} };
}

function present(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
