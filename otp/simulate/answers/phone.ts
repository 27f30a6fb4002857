import type { phoneVendors } from "../../../actions/vendors/phone/index.ts";
import type { Answers } from "./answers.ts";
import { json, keyHeader, keyMember } from "./answers.ts";

const id = "6f1d2c3b-0000-4000-8000-000000000000";
const xml = (status: number, body: string) => ({
  status,
  body: `<?xml version="1.0"?>${body}`,
  headers: { "content-type": "text/xml" },
});

/** How each phone vendor answers, on all its channels. */
export const phoneAnswers: Readonly<Record<keyof typeof phoneVendors, Answers>> = {
  "amazon-sns": {
    accepted: xml(
      200,
      `<PublishResponse><PublishResult><MessageId>${id}</MessageId></PublishResult></PublishResponse>`,
    ),
    badRecipient: (to) =>
      xml(
        400,
        `<ErrorResponse><Error><Code>InvalidParameter</Code><Message>Invalid parameter: PhoneNumber ${to}</Message></Error></ErrorResponse>`,
      ),
    destinationRefused: (to) =>
      xml(
        400,
        `<ErrorResponse><Error><Code>InvalidParameter</Code><Message>Invalid parameter: PhoneNumber Reason: ${to} is not valid to publish to</Message></Error></ErrorResponse>`,
      ),
    badCredentials: xml(
      403,
      "<ErrorResponse><Error><Code>InvalidClientTokenId</Code></Error></ErrorResponse>",
    ),
    limited: xml(429, "<ErrorResponse><Error><Code>Throttled</Code></Error></ErrorResponse>"),
  },
  "aws-end-user-messaging": {
    accepted: json(200, { MessageId: id }),
    badRecipient: (to) =>
      json(400, {
        __type: "ValidationException",
        Reason: "FIELD_VALIDATION_FAILED",
        Fields: [{ Name: "DestinationPhoneNumber", Message: `${to} is not valid` }],
      }),
    destinationRefused: () =>
      json(400, { __type: "ConflictException", Reason: "COUNTRY_NOT_ENABLED" }),
    badCredentials: json(400, { __type: "UnrecognizedClientException" }),
    limited: json(400, { __type: "ThrottlingException", message: "Rate exceeded" }),
  },
  "azure-sms": {
    accepted: json(202, {
      value: [{ successful: true, httpStatusCode: 202, repeatabilityResult: "accepted" }],
    }),
    badRecipient: (to) =>
      json(202, {
        value: [{ to, successful: false, httpStatusCode: 400, errorMessage: `Invalid To ${to}` }],
      }),
    badCredentials: json(401, { error: { code: "Denied", message: "Denied by the resource" } }),
    limited: json(429, { error: { code: "TooManyRequests", message: "Slow down" } }),
    key: keyMember("repeatabilityRequestId"),
  },
  clicksend: {
    accepted: json(200, {
      response_code: "SUCCESS",
      data: { messages: [{ status: "SUCCESS", message_id: id }] },
    }),
    badRecipient: (to) =>
      json(200, {
        response_code: "SUCCESS",
        data: { messages: [{ to, status: "INVALID_RECIPIENT" }] },
      }),
    destinationRefused: (to) =>
      json(200, {
        response_code: "SUCCESS",
        data: { messages: [{ to, status: "COUNTRY_NOT_ENABLED" }] },
      }),
    badCredentials: json(401, { response_code: "UNAUTHORIZED" }),
  },
  http: {
    accepted: json(200, { id }),
    badRecipient: (to) =>
      json(422, { outcome: "recipient_refused", error: `unknown recipient ${to}` }),
    destinationRefused: () =>
      json(422, { outcome: "destination_refused", error: "this country is not enabled" }),
    badCredentials: json(401, { error: "unauthorized" }),
    key: keyHeader("idempotency-key"),
  },
  infobip: {
    accepted: json(200, {
      messages: [{ messageId: id, status: { groupId: 1, id: 26, name: "PENDING_ACCEPTED" } }],
    }),
    repeated: json(200, {
      messages: [{ status: { groupId: 5, id: 23, name: "REJECTED_DUPLICATE_MESSAGE_ID" } }],
    }),
    badRecipient: (to) =>
      json(200, {
        messages: [
          { destination: to, status: { groupId: 5, id: 52, name: "REJECTED_INVALID_DESTINATION" } },
        ],
      }),
    destinationRefused: (to) =>
      json(200, {
        messages: [{ destination: to, status: { groupId: 5, id: 6, name: "REJECTED_NETWORK" } }],
      }),
    badCredentials: json(401, {
      requestError: { serviceException: { messageId: "UNAUTHORIZED", text: "Invalid login" } },
    }),
    key: keyMember("messageId"),
  },
  messagebird: {
    accepted: json(201, { id, recipients: { items: [{ status: "sent" }] } }),
    badRecipient: (to) =>
      json(422, {
        errors: [
          {
            code: 10,
            description: `no (correct) recipients found: ${to}`,
            parameter: "recipients",
          },
        ],
      }),
    badCredentials: json(401, { errors: [{ code: 2, description: "Request not allowed" }] }),
  },
  plivo: {
    accepted: json(202, { message: "message(s) queued", message_uuid: [id] }),
    badRecipient: (to) => json(400, { error: `dst: ${to} is not a valid phone number` }),
    destinationRefused: (to) =>
      json(403, { error: `Permission to send to the region of ${to} is not enabled` }),
    badCredentials: { status: 401, body: "Could not verify your access level for that URL." },
  },
  prelude: {
    accepted: json(200, { id, status: "success" }),
    badRecipient: (to) => json(400, { code: "invalid_phone_number", message: `${to} is invalid` }),
    destinationRefused: () =>
      json(400, { code: "unsupported_region", message: "This region is not supported." }),
    badCredentials: json(401, { code: "invalid_api_key", message: "Unknown key" }),
  },
  sinch: {
    accepted: json(201, { id, callId: id }),
    badRecipient: (to) =>
      json(400, { code: "syntax_invalid_parameter_format", text: `Invalid number: ${to}` }),
    badCredentials: json(401, { code: "unauthorized" }),
  },
  telesign: {
    accepted: json(200, { reference_id: "A", status: { code: 290, description: "in progress" } }),
    badRecipient: (to) =>
      json(400, { status: { code: 11_000, description: `Invalid phone number ${to}` } }),
    destinationRefused: () =>
      json(400, { status: { code: 237, description: "Prefix is blocked for this account" } }),
    badCredentials: json(401, { status: { code: 10_033 }, errors: [{ code: -30_001 }] }),
  },
  telnyx: {
    accepted: json(200, { data: { id, to: [{ status: "queued" }] } }),
    badRecipient: (to) =>
      json(400, {
        errors: [{ code: "40310", detail: `${to} is invalid`, source: { pointer: "/to" } }],
      }),
    destinationRefused: (to) =>
      json(400, {
        errors: [{ code: "40309", title: "Invalid destination region", detail: `${to} is closed` }],
      }),
    badCredentials: json(401, { errors: [{ code: "10009", title: "Authentication failed" }] }),
    limited: json(429, { errors: [{ code: "10011", title: "Too many requests" }] }),
  },
  twilio: {
    accepted: json(201, { sid: "SM00000000000000000000000000000000", status: "queued" }),
    badRecipient: (to) =>
      json(400, { code: 21_211, message: `Invalid 'To' Phone Number: ${to}`, status: 400 }),
    destinationRefused: (to) =>
      json(400, {
        code: 21_408,
        message: `Permission to send an SMS has not been enabled for the region indicated by the 'To' number: ${to}`,
        status: 400,
      }),
    badCredentials: json(401, { code: 20_003, message: "Authenticate", status: 401 }),
    limited: json(429, { code: 20_429, message: "Too Many Requests", status: 429 }),
  },
  "twilio-verify": {
    accepted: json(201, { sid: "VE00000000000000000000000000000000", status: "pending" }),
    badRecipient: (to) =>
      json(400, { code: 60_200, message: `Invalid parameter \`To\`: ${to}`, status: 400 }),
    destinationRefused: (to) =>
      json(403, {
        code: 60_605,
        message: `Verification delivery attempt blocked: geo permissions, ${to}`,
        status: 403,
      }),
    badCredentials: json(401, { code: 20_003, message: "Authenticate", status: 401 }),
    limited: json(429, { code: 20_429, message: "Too Many Requests", status: 429 }),
  },
  "vonage-messages": {
    accepted: json(202, { message_uuid: id }),
    badRecipient: (to) =>
      json(422, {
        type: "https://developer.vonage.com/api-errors/messages#1150",
        title: "Invalid params",
        detail: `The value of one or more parameters is invalid: ${to}`,
        invalid_parameters: [{ name: "to", reason: "The number is not valid." }],
      }),
    destinationRefused: () =>
      json(403, { type: "https://developer.vonage.com/api-errors/messages#1160" }),
    badCredentials: json(401, { type: "https://developer.vonage.com/api-errors#unauthorized" }),
    limited: json(429, { type: "https://developer.vonage.com/api-errors#throttled" }),
  },
  "vonage-sms": {
    accepted: json(200, { "message-count": "1", messages: [{ "message-id": id, status: "0" }] }),
    badRecipient: (to) =>
      json(200, {
        messages: [{ status: "3", "error-text": `Invalid value for param: to, ${to}` }],
      }),
    destinationRefused: () =>
      json(200, { messages: [{ status: "29", "error-text": "Non-Whitelisted Destination" }] }),
    badCredentials: json(200, { messages: [{ status: "4", "error-text": "Bad Credentials" }] }),
    limited: json(200, { messages: [{ status: "1", "error-text": "Throughput Rate Exceeded" }] }),
    down: json(200, { messages: [{ status: "5", "error-text": "Internal Error" }] }),
  },
  "whatsapp-cloud": {
    accepted: json(200, { messaging_product: "whatsapp", messages: [{ id: "wamid.A" }] }),
    badRecipient: (to) =>
      json(400, { error: { code: 131_026, message: `Message undeliverable: ${to}` } }),
    destinationRefused: () =>
      json(400, { error: { code: 130_497, message: "Restricted from messaging this country" } }),
    badCredentials: json(401, { error: { code: 190, type: "OAuthException" } }),
    limited: json(429, { error: { code: 130_429, message: "Rate limit hit" } }),
  },
};
