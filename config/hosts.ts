import { domainToASCII } from "node:url";

/** One name between two dots. */
const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i;

/** Whether a text is a host name that the internet could know: at least two names, not an address. */
export function isDomain(value: string): boolean {
  const labels = value.split(".");
  return (
    value.length <= 253 &&
    labels.length > 1 &&
    labels.every((one) => label.test(one)) &&
    !/^\d+$/.test(labels.at(-1) ?? "")
  );
}

const isIpv4 = (value: string) =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(value) && value.split(".").every((part) => Number(part) <= 255);

const isPort = (text: string | undefined) =>
  text === undefined || (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535);

/** A host with or without a port; on this machine, one name or an IPv4 address will do. */
function isHost(value: string): boolean {
  const [, host = "", port] = /^([^:]*)(?::(.*))?$/.exec(value) ?? [];
  return (isDomain(host) || host === "localhost" || isIpv4(host)) && isPort(port);
}

/** Whether a text can be a tenant's domain; in small letters, since it is compared as it stands. */
export const isTenantDomain = (value: string): boolean =>
  isHost(value) && value === value.toLowerCase();

/** The domain that was probably meant by an address of a page, capital letters or a plain name. */
export function nearestTenantDomain(value: string): string | undefined {
  const bare = value
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/^[^@/]*@/, "")
    .replace(/\/.*$/, "");
  return bare !== value && isTenantDomain(bare) ? bare : undefined;
}

/**
 * Whether a text is an HTTPS URL that a request can go to: with a host, a port that exists, and no
 * user name or password in it, since it stands in plans and code.
 */
export function isHttpsUrl(value: string): boolean {
  const authority = /^https:\/\/([^/?#\\\s]+)(?:[/?][^\s#\\]*)?$/.exec(value)?.[1];
  return authority !== undefined && isUrlHost(authority) && URL.canParse(value);
}

/** In a URL, a name inside a network (`http://gateway:8080`) is fine too. */
function isUrlHost(authority: string): boolean {
  const [, host = "", port] = /^([^:]*)(?::(.*))?$/.exec(authority) ?? [];
  return (isHost(host) || label.test(host)) && isPort(port);
}

/** What is wrong with an address as a sender of mail, or `undefined`; `meant` is how to write it. */
export function senderProblem(value: string): { readonly meant?: string } | undefined {
  const at = value.lastIndexOf("@");
  const [local, domain] = [value.slice(0, at), value.slice(at + 1)];
  const isLocal =
    local.length <= 64 &&
    /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i.test(local);
  if (at > 0 && isLocal && isDomain(domain)) return undefined;
  const bare = /^[^<>]*<([^<>]+)>$/.exec(value)?.[1] ?? value.trim();
  if (bare !== value) return senderProblem(bare) ? {} : { meant: bare };
  const ascii = /[^\0-\x7f]/.test(domain) ? domainToASCII(domain) : "";
  return isLocal && isDomain(ascii) ? { meant: `${local}@${ascii}` } : {};
}
