import { rootCertificates, setDefaultCACertificates } from "node:tls";
import type { Tenant } from "../../../emulator/tenant/index.ts";

/** What a tenant answered. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where there is none. */
  readonly body: unknown;
}

/** Speaks to the Management API of a tenant with the token of its deployment client. */
export interface Management {
  call(method: string, path: string, body?: unknown): Promise<Reply>;
  /** The body of a successful answer. */
  ok(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
}

/** Makes this process trust a tenant, and nothing of an earlier one. */
export function trust(...tenants: readonly Tenant[]): void {
  setDefaultCACertificates([...rootCertificates, ...tenants.map(({ certificate }) => certificate)]);
}

export async function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  return reply(
    await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
  );
}

export async function managementOf(tenant: Tenant, scope?: string): Promise<Management> {
  const { status, body } = await post(`${tenant.url}/oauth/token`, {
    grant_type: "client_credentials",
    client_id: tenant.credentials.clientId,
    client_secret: tenant.credentials.clientSecret,
    audience: `${tenant.url}/api/v2/`,
    ...(scope === undefined ? {} : { scope }),
  });
  if (status !== 200) throw new Error(`expected a token, got ${status}`);
  const { access_token } = body as { access_token: string };
  const call = async (method: string, path: string, sent?: unknown): Promise<Reply> =>
    reply(
      await fetch(`${tenant.url}/api/v2${path}`, {
        method,
        headers: {
          authorization: `Bearer ${access_token}`,
          ...(sent === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
      }),
    );
  return {
    call,
    ok: async (method, path, sent) => {
      const { status, body } = await call(method, path, sent);
      if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
      return (body ?? {}) as Record<string, unknown>;
    },
  };
}

/** An Action that is built, deployed and bound to its trigger. */
export async function deployed(
  management: Management,
  trigger: string,
  code: string,
  secrets: readonly { name: string; value: string }[] = [],
): Promise<string> {
  const version = trigger === "post-login" ? "v3" : "v1";
  const { id } = await management.ok("POST", "/actions/actions", {
    name: `Action of ${trigger}`,
    supported_triggers: [{ id: trigger, version }],
    code,
    runtime: "node22",
    secrets,
  });
  const action = String(id);
  await management.ok("POST", `/actions/actions/${action}/deploy`);
  await management.ok("PATCH", `/actions/triggers/${trigger}/bindings`, {
    bindings: [{ ref: { type: "action_id", value: action }, display_name: trigger }],
  });
  return action;
}

async function reply(response: Response): Promise<Reply> {
  const text = await response.text();
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, body };
}
