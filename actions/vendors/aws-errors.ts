import type { CodeTable } from "./verdict.ts";
import { byCode, byStatus, codeText, field } from "./verdict.ts";
import type { HttpResponse, Verdict } from "./vendor.ts";

// From "Common Error Types" in AWS's API references, with the names of the JSON protocols as
// well as those of the query protocol. Services differ in the status: most of these come as 400 or as 403. What is not
// listed is the account's fault.
const common = {
  account_fault: [
    "AccessDenied",
    "AccessDeniedException",
    "ExpiredToken",
    "ExpiredTokenException",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "NotAuthorized",
    "OptInRequired",
    "RequestExpired",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
  ],
  not_sent: [
    "InternalFailure",
    "RequestAbortedException",
    "RequestTimeoutException",
    "ServiceUnavailable",
    "Throttling",
    "ThrottlingException",
  ],
};

/** The error's name, from where the protocol keeps it: a header, a JSON member or XML. */
export function awsErrorName({ headers, json, body }: HttpResponse): string | undefined {
  const name =
    headers["x-amzn-errortype"] ?? field(json, "__type") ?? /<Code>(\w+)<\/Code>/.exec(body)?.[1];
  // A namespace may stand before `#`, an address behind `:`.
  return typeof name === "string" ? /^(?:.*#)?(\w{1,80})(?::|$)/.exec(name)?.[1] : undefined;
}

/** What the error says, from a JSON member or XML: it names the parameter at fault, and may quote it. */
export function awsErrorMessage({ json, body }: HttpResponse): string {
  const message = field(json, "message") ?? field(json, "Message");
  return codeText(message) ?? /<Message>([^<]*)<\/Message>/.exec(body)?.[1] ?? "";
}

/**
 * The verdict of an answer of an AWS service.
 *
 * @param codes - the service's own errors by name
 * @param good - whether a 2xx answer has a body that proves acceptance
 */
export function awsVerdict(codes: CodeTable, response: HttpResponse, good: boolean): Verdict {
  const name = awsErrorName(response);
  return byCode(codes, name) ?? byCode(common, name) ?? byStatus(response, good, name);
}
