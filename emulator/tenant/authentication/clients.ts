import { AuthenticationRefusal } from "../api-error.ts";
import type { StoredClient } from "../model.ts";

/** What a request may carry to show which client sends it. */
export interface ClientClaim {
  readonly client_id?: unknown;
  readonly client_secret?: unknown;
}

/**
 * The client that a request comes from, by secret in the body or by HTTP Basic. A client whose
 * `token_endpoint_auth_method` is `none` is public and needs no secret.
 *
 * @param status - of the refusal: 401, or 400 where the endpoint knows no other
 * @throws AuthenticationRefusal `invalid_client`
 */
export function authenticate(
  clients: ReadonlyMap<string, StoredClient>,
  body: ClientClaim,
  authorization: string | undefined,
  status = 401,
): StoredClient {
  const { id, secret } = basic(authorization) ?? { id: body.client_id, secret: body.client_secret };
  const client = typeof id === "string" ? clients.get(id) : undefined;
  const isPublic = client?.token_endpoint_auth_method === "none";
  if (client && (isPublic || client.client_secret === secret)) return client;
  throw new AuthenticationRefusal(status, "invalid_client", "Client authentication failed");
}

function basic(authorization: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic ([\w+/=-]+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  try {
    const [id, secret] = [text.slice(0, colon), text.slice(colon + 1)].map(decodeURIComponent);
    return { id: id ?? "", secret: secret ?? "" };
  } catch {
    // A broken escape shows no client.
    return { id: "", secret: "" };
  }
}
