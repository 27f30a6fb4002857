import { AwsV4Signer } from "aws4fetch";
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

/**
 * The request with AWS's Signature Version 4. All headers are signed, as the SDK does, the content
 * type included; so none may be changed or added to `x-amz-*` afterwards.
 */
export async function signed(
  request: HttpRequest,
  { now, ...aws }: AwsSigning,
): Promise<HttpRequest> {
  const { headers } = await new AwsV4Signer({
    ...request,
    ...aws,
    datetime: new Date(now).toISOString().replace(/[:-]|\.\d+/g, ""),
    allHeaders: true,
  }).sign();
  return { ...request, headers: Object.fromEntries(headers) };
}
