import type { Mailbox } from "../delivery/message.ts";
import type { HttpRequest } from "./vendor.ts";

/** A POST with a JSON body; members that are `undefined` are left out. */
export function jsonPost(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): HttpRequest {
  return {
    method: "POST",
    url,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

/** A POST with a form body; members that are `undefined` are left out. */
export function formPost(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Readonly<Record<string, string | number | undefined>>,
): HttpRequest {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body))
    if (value !== undefined) form.append(name, String(value));
  return {
    method: "POST",
    url,
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: form.toString(),
  };
}

/** The value of an `Authorization: Basic` header; user and password in UTF-8. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

/**
 * A mailbox as one header value (RFC 5322): the name is quoted where it holds specials. Vendors
 * that take this form encode non-ASCII names themselves.
 */
export function mailbox({ address, name }: Mailbox): string {
  if (!name) return address;
  const plain = /^[^()<>[\]:;@\\,."]*$/.test(name);
  return `${plain ? name : `"${name.replace(/["\\]/g, "\\$&")}"`} <${address}>`;
}
