import type { Mailbox, PhoneMessage } from "../delivery/message.ts";
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

/** A sender or recipient without its plus sign, for vendors that take digits only. */
export function withoutPlus(number: string): string {
  return number.replace(/^\+/, "");
}

/**
 * Seconds for which a vendor should try to deliver a message, within what the vendor takes;
 * `undefined` for a message that does not expire, so that the field is left out.
 */
export function lifetimeWithin(
  { lifetimeS }: PhoneMessage,
  minS: number,
  maxS: number,
): number | undefined {
  return lifetimeS === undefined ? undefined : Math.min(maxS, Math.max(minS, Math.ceil(lifetimeS)));
}

/**
 * The passcode, for vendors that send it in a text of their own.
 *
 * @throws Error if the message has no code: this vendor cannot send it, another can
 */
export function passcode({ code, messageType }: PhoneMessage): string {
  if (code === undefined)
    throw new Error(`expected a message with a code, got ${messageType}: add a vendor for texts`);
  return code;
}

/** Whether a text fits the 7-bit alphabet of SMS (GSM 03.38 with its extension table). */
export function isGsm7(text: string): boolean {
  return /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Za-z_¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ^{}\\[\]~|€]*$/.test(
    text,
  );
}

/** A mailbox as the object that most JSON APIs take; the name is left out where there is none. */
export function emailAndName({ address, name }: Mailbox): { email: string; name?: string } {
  return { email: address, ...(name && { name }) };
}

/**
 * The idempotency key in the shape of a UUID of version 4, for vendors that demand one; a key that
 * is not 32 hexadecimal digits stays as it is.
 */
export function uuid(key: string): string {
  return key.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-a$4-$5");
}
