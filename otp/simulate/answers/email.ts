import type { emailVendors } from "../../../actions/vendors/email/index.ts";
import type { Answers } from "./answers.ts";
import { json, keyHeader, keyMember } from "./answers.ts";

const id = "6f1d2c3b-0000-4000-8000-000000000000";

/** How each e-mail vendor answers. */
export const emailAnswers: Readonly<Record<keyof typeof emailVendors, Answers>> = {
  "amazon-ses": {
    accepted: json(200, { MessageId: id }),
    badRecipient: (to) =>
      json(
        400,
        { message: `Invalid address ${to}` },
        { "x-amzn-errortype": "BadRequestException" },
      ),
    badCredentials: json(
      403,
      { message: "The security token included in the request is invalid." },
      { "x-amzn-errortype": "UnrecognizedClientException" },
    ),
    limited: json(
      429,
      { message: "Maximum sending rate exceeded." },
      { "x-amzn-errortype": "TooManyRequestsException" },
    ),
  },
  brevo: {
    accepted: json(201, { messageId: `<${id}@smtp-relay.mailin.fr>` }),
    repeated: json(400, { code: "duplicate_parameter", message: "Key was used before" }),
    badRecipient: (to) =>
      json(400, { code: "invalid_parameter", message: `email is not valid in to: ${to}` }),
    badCredentials: json(401, { code: "unauthorized", message: "Key not found" }),
    limited: json(429, { code: "too_many_requests", message: "Rate limit" }),
    key: keyMember("idempotencyKey"),
  },
  customerio: {
    accepted: json(200, { delivery_id: id, queued_at: 1_767_225_600 }),
    badRecipient: (to) => json(400, { meta: { error: `'to' is not valid: ${to}` } }),
    badCredentials: json(401, { meta: { error: "Unauthorized request" } }),
  },
  http: {
    accepted: json(200, { id }),
    badRecipient: (to) =>
      json(422, { outcome: "recipient_refused", error: `unknown recipient ${to}` }),
    destinationRefused: () =>
      json(422, { outcome: "destination_refused", error: "this domain is not enabled" }),
    badCredentials: json(401, { error: "unauthorized" }),
    key: keyHeader("idempotency-key"),
  },
  loops: {
    accepted: json(200, { success: true }),
    repeated: json(409, { success: false, message: "Idempotency key has been used" }),
    badRecipient: (to) =>
      json(400, {
        success: false,
        path: "email",
        message: `Field 'email' is not valid: ${to}`,
      }),
    badCredentials: json(401, { success: false, message: "Invalid API key" }),
    limited: json(429, { success: false, message: "Rate limit exceeded" }),
    key: keyHeader("idempotency-key"),
  },
  mailersend: {
    accepted: { status: 202, body: "", headers: { "x-message-id": id } },
    badRecipient: (to) =>
      json(422, { message: `The to.0.email ${to} must be a valid email address. #MS42208` }),
    badCredentials: json(401, { message: "Unauthenticated." }),
    limited: json(429, { message: "Too Many Attempts. #MS42903" }),
  },
  mailgun: {
    accepted: json(200, { id: `<${id}@mail.example.com>`, message: "Queued. Thank you." }),
    badRecipient: (to) => json(400, { message: `to parameter is not a valid address: ${to}` }),
    badCredentials: { status: 401, body: "Forbidden" },
  },
  mailjet: {
    accepted: json(200, {
      Messages: [{ Status: "success", To: [{ MessageID: 1, MessageUUID: id }] }],
    }),
    badRecipient: (to) =>
      json(400, {
        Messages: [
          {
            Status: "error",
            Errors: [
              {
                ErrorCode: "mj-0013",
                StatusCode: 400,
                ErrorMessage: `"${to}" is an invalid email address.`,
                ErrorRelatedTo: ["To[0].Email"],
              },
            ],
          },
        ],
      }),
    badCredentials: json(401, {
      ErrorCode: "mj-0001",
      StatusCode: 401,
      ErrorMessage: "API key authentication/authorization failure.",
    }),
  },
  "microsoft-graph": {
    accepted: { status: 202, body: "" },
    badRecipient: (to) =>
      json(400, {
        error: { code: "ErrorInvalidRecipients", message: `Recipient ${to} is not valid.` },
      }),
    badCredentials: json(401, {
      error: { code: "InvalidAuthenticationToken", message: "Expired" },
    }),
    limited: json(429, { error: { code: "ApplicationThrottled", message: "Over the limit." } }),
    token: {
      host: "login.microsoftonline.com",
      granted: json(200, { token_type: "Bearer", expires_in: 3599, access_token: "granted.token" }),
      refused: json(401, { error: "invalid_client", error_codes: [7_000_222] }),
    },
  },
  postmark: {
    accepted: json(200, { ErrorCode: 0, Message: "OK", MessageID: id }),
    badRecipient: (to) => json(422, { ErrorCode: 406, Message: `Inactive recipient ${to}` }),
    badCredentials: json(401, { ErrorCode: 10, Message: "Bad or missing server token" }),
    limited: json(429, { ErrorCode: 429, Message: "Rate limit exceeded" }),
  },
  resend: {
    accepted: json(200, { id }),
    badRecipient: (to) =>
      json(422, {
        name: "validation_error",
        message: `Invalid \`to\` field: ${to}`,
        statusCode: 422,
      }),
    badCredentials: json(401, { name: "invalid_api_key", message: "API key is invalid" }),
    limited: json(429, { name: "rate_limit_exceeded", message: "Too many requests" }),
    key: keyHeader("idempotency-key"),
  },
  sendgrid: {
    accepted: { status: 202, body: "" },
    badRecipient: (to) =>
      json(400, {
        errors: [{ field: "personalizations.0.to.0.email", message: `${to} is not valid` }],
      }),
    badCredentials: json(401, { errors: [{ field: null, message: "authorization required" }] }),
    limited: json(429, { errors: [{ field: null, message: "too many requests" }] }),
  },
  zeptomail: {
    accepted: json(201, { data: [{ code: "EM_104", message: "Email request received" }] }),
    badRecipient: (to) =>
      json(400, {
        error: {
          code: "TM_3201",
          details: [{ code: "GE_102", target: "to", message: `${to} is not valid` }],
        },
      }),
    badCredentials: json(401, { error: { code: "TM_4001", details: [{ code: "SERR_157" }] } }),
  },
};
