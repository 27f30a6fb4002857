import { createHash, createHmac } from "node:crypto";
import type { PhoneMessage } from "../../delivery/message.ts";
import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SecretsOf, SettingsOf, SettingsSpec } from "../settings.ts";
import type { About, HttpRequest, PhoneVendor } from "../vendor.ts";
import { jsonPost } from "../request.ts";
import { spokenLanguage } from "../language.ts";

export const settings = {
  /** Service plan ID of the SMS REST API, shown beside its API token in the Sinch dashboard. */
  servicePlanId: { type: "text", pattern: "[^/\\s]+", expected: "a service plan ID" },
  /** API token of the service plan. */
  apiToken: { type: "secret" },
  /** Where the service plan was made; messages are stored there. */
  region: { type: "choice", of: ["us", "eu", "au", "br", "ca"], default: "us" },
  /** Delivery report that Sinch sends to the service plan's callback URL; Sinch's default is none. */
  deliveryReport: {
    type: "choice",
    of: ["none", "summary", "full", "per_recipient"],
    optional: true,
  },
  /** Key of the Voice application; needed for calls only. */
  applicationKey: { type: "text", optional: true },
  /** Secret of the Voice application, in Base64 as the dashboard shows it; needed for calls only. */
  applicationSecret: { type: "secret", optional: true },
} as const satisfies SettingsSpec;

// From Sinch's references of SMS and Voice errors. Codes that say only that the request itself is
// wrong are the configuration's fault: what differs from message to message is always complete.
const codes = {
  recipient_refused: ["syntax_invalid_parameter_format", 40005],
  account_fault: [
    "syntax_invalid_json",
    "syntax_constraint_violation",
    "unknown_campaign",
    "missing_callback_url",
    40002,
    40004,
  ],
};

interface Input {
  readonly message: PhoneMessage;
  readonly settings: SettingsOf<typeof settings>;
  readonly secrets: SecretsOf<typeof settings>;
  readonly now: number;
}

/** A call, signed as Sinch's "Application Signed Request". */
function callout({ message, settings, secrets, now }: Input): HttpRequest {
  const path = "/calling/v1/callouts";
  const timestamp = new Date(now).toISOString();
  const call = jsonPost(
    `https://calling.api.sinch.com${path}`,
    { "x-timestamp": timestamp },
    {
      method: "ttsCallout",
      ttsCallout: {
        cli: message.from,
        destination: { type: "number", endpoint: message.to },
        locale: spokenLanguage(message.locale),
        text: message.text,
      },
    },
  );
  const md5 = createHash("md5").update(call.body).digest("base64");
  const signed = `POST\n${md5}\napplication/json\nx-timestamp:${timestamp}\n${path}`;
  const key = Buffer.from(secrets.applicationSecret ?? "", "base64");
  const signature = createHmac("sha256", key).update(signed).digest("base64");
  const authorization = `Application ${settings.applicationKey ?? ""}:${signature}`;
  return { ...call, headers: { ...call.headers, authorization } };
}

const sinch: PhoneVendor<typeof settings> = {
  name: "sinch",
  idempotent: false,

  request(input) {
    const { message, settings, secrets, key, now } = input;
    if (message.medium === "voice") return callout(input);
    return jsonPost(
      `https://${settings.region}.sms.api.sinch.com/xms/v1/${settings.servicePlanId}/batches`,
      { authorization: `Bearer ${secrets.apiToken}` },
      {
        to: [message.to],
        from: message.from,
        body: message.text,
        client_reference: key,
        expire_at: new Date(now + message.lifetimeS * 1000).toISOString(),
        delivery_report: settings.deliveryReport,
      },
    );
  },

  verdict(response) {
    const { json } = response;
    const code = field(json, "code") ?? field(json, "errorCode");
    const id = field(json, "id") ?? field(json, "callId");
    return byCode(codes, code) ?? byStatus(response, codeText(id) !== undefined, code);
  },
};

export { sinch as vendor };

export const about: About = {
  title: "Sinch",
  idempotency: "none",
  media: ["text", "voice"],
  needs: { voice: ["applicationKey", "applicationSecret"] },
  accepted: "2xx with an `id` or `callId`",
  recipientRefused: "`syntax_invalid_parameter_format`, 40005; other 4xx",
  accountFault:
    "`syntax_invalid_json`, `syntax_constraint_violation`, `unknown_campaign`, `missing_callback_url`, 40002, 40004; 401 to 404",
  notSent: "408, 425, 429, 5xx; a 2xx without an `id` or `callId`",
  notes: [
    "Calls need a Voice application: `applicationKey` and `applicationSecret`.",
    "The key is sent as `client_reference`, to find a message in Sinch's reports; Sinch does not refuse a second one.",
  ],
};
