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

/**
 * A BCP 47 tag as the language and region that speech engines know, e.g. `de` as `de-DE` and
 * `zh-Hant` as `zh-TW`; `en-US` for no tag or an invalid one.
 */
export function spokenLanguage(locale: string | undefined): string {
  try {
    const { language, region } = new Intl.Locale(locale ?? "en-US").maximize();
    // Speech engines know Norwegian by the name of its written form.
    return region ? `${language === "no" ? "nb" : language}-${region}` : "en-US";
  } catch {
    return "en-US";
  }
}

/**
 * The language of a vendor's list (`en-US de-DE …`) that is nearest to a locale: the same, else the
 * first that differs in region alone, else the first of the list.
 */
export function nearestLanguage(spoken: string, locale: string | undefined): string {
  const wanted = spokenLanguage(locale);
  const languages = spoken.split(" ");
  const language = wanted.slice(0, wanted.indexOf("-") + 1);
  return (
    languages.find((one) => one === wanted) ??
    languages.find((one) => one.startsWith(language)) ??
    languages[0] ??
    wanted
  );
}

/** A sender or recipient without its plus sign, for vendors that take digits only. */
export function withoutPlus(number: string): string {
  return number.replace(/^\+/, "");
}

/**
 * The passcode, for vendors that send it in a text of their own.
 *
 * @throws Error where the message type has no code: such a vendor cannot send it, another can
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

/**
 * The entry of a comma-separated list of languages that suits a BCP 47 tag: the same language and
 * region, else the same language; `undefined` where none does.
 */
export function languageAmong(list: string, locale = ""): string | undefined {
  const same = (entry: string) => entry.toLowerCase().replace("_", "-");
  const language = (tag: string) => same(tag).split("-")[0];
  const all = list.split(",");
  return (
    all.find((entry) => same(entry) === same(locale)) ??
    all.find((entry) => language(entry) === language(locale))
  );
}

/**
 * A WhatsApp authentication template, filled: the code stands in the text and once more in the
 * button that copies it.
 *
 * @param languages - what the template is approved in, the fallback first, e.g. `en_US,de`
 */
export function whatsappTemplate(name: string, languages: string, message: PhoneMessage): object {
  const parameters = [{ type: "text", text: passcode(message) }];
  const code = languageAmong(languages, message.locale) ?? languages.split(",")[0];
  return {
    name,
    language: { policy: "deterministic", code },
    components: [
      { type: "body", parameters },
      { type: "button", sub_type: "url", index: "0", parameters },
    ],
  };
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
