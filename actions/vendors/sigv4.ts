import { createHash, createHmac } from "node:crypto";
import type { HttpRequest } from "./vendor.ts";

/** Whose key signs, for which service of AWS, and when. */
export interface AwsSigning {
  /** The service's name in signatures, e.g. `ses`: not always the one in its host name. */
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Milliseconds since 1970; AWS refuses a signature that is 5 to 15 minutes off. */
  readonly now: number;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) =>
  createHmac("sha256", key).update(text).digest();

/** By region and service, since a key holds for one of each, for a day: four digests less a call. */
const keys = new Map<string, { readonly of: string; readonly key: Buffer }>();

function signingKey(secret: string, day: string, region: string, service: string): Buffer {
  const place = `${region}/${service}`;
  const of = `${day}/${secret}`;
  const known = keys.get(place);
  if (known?.of === of) return known.key;
  const key = [region, service, "aws4_request"].reduce<Buffer>(hmac, hmac(`AWS4${secret}`, day));
  keys.set(place, { of, key });
  return key;
}

/** Percent-encodes all that RFC 3986 reserves. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/**
 * The request with AWS's Signature Version 4. All headers are signed, as the SDK does, the content
 * type included; so none may be changed or added to `x-amz-*` afterwards.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signed(request: HttpRequest, signing: AwsSigning): HttpRequest {
  const { service, region, accessKeyId, secretAccessKey, now } = signing;
  const { host, pathname, searchParams } = new URL(request.url);
  const date = new Date(now).toISOString().replace(/[:-]|\.\d+/g, "");
  const day = date.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const headers = { ...request.headers, "x-amz-date": date };
  const lines = Object.entries({ ...headers, host })
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/ +/g, " ")] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const names = lines.map(([name]) => name).join(";");
  const query = [...searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
  const canonical = [
    request.method,
    // The path as it is sent, encoded once more: S3 alone does without.
    pathname.split("/").map(encode).join("/"),
    query,
    ...lines.map(([name, value]) => `${name}:${value}`),
    "",
    names,
    sha256(request.body),
  ].join("\n");
  const key = signingKey(secretAccessKey, day, region, service);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`);
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature.toString("hex")}`;
  return { ...request, headers: { ...headers, authorization } };
}
