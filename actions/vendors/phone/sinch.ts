import { createHash, createHmac } from "node:crypto";
import type { PhoneMessage } from "../../delivery/message.ts";
import { byCode, byRefusal, byStatus, codeText, field } from "../verdict.ts";
import type { SecretsOf, SettingsOf, SettingsSpec } from "../settings.ts";
import type { About, HttpRequest, PhoneVendor } from "../vendor.ts";
import { jsonPost, lifetimeWithin } from "../request.ts";
import { namesParameter } from "../parameter.ts";
import { languageAmong } from "../language.ts";

export const settings = {
  servicePlanId: {
    description:
      "Service plan ID of the SMS REST API, shown next to its API token in the Sinch dashboard.",
    type: "text",
    pattern: "[^/\\s]+",
    expected: "a service plan ID",
  },
  apiToken: { description: "API token of the service plan.", type: "secret" },
  region: {
    description: "Where the service plan was made; messages are stored there.",
    type: "choice",
    of: ["us", "eu", "au", "br", "ca"],
    default: "us",
  },
  deliveryReport: {
    description:
      "Delivery report that Sinch sends to the service plan's callback URL; Sinch's default is none.",
    type: "choice",
    of: ["none", "summary", "full", "per_recipient"],
    optional: true,
  },
  applicationKey: {
    description: "Key of the Voice application; needed for calls only.",
    type: "text",
    optional: true,
  },
  applicationSecret: {
    description:
      "Secret of the Voice application, in Base64 as the dashboard shows it; needed for calls only.",
    type: "secret",
    optional: true,
  },
} as const satisfies SettingsSpec;

// From https://developers.sinch.com/docs/sms/api-reference/status-codes/ and
// https://developers.sinch.com/docs/voice/api-reference/errors/. What is not listed is the account's
// fault. A wrong format, "for example if an MSISDN is not correctly formatted", is the recipient's
// unless the text names another parameter; 40005 is a number without a plus sign.
const format = "syntax_invalid_parameter_format";
const codes = { recipient_refused: [format, 40005] };
/** Codes whose text names the parameter at fault. */
const parameters = [format, "syntax_constraint_violation", "40001", "40003"];
const others = ["from", "cli", "expire_at", "delivery_report", "callback_url", "client_reference"];

// From the official SDK (`TtsVoice`), the usual region of a language first.
const languages =
  "en-US en-AU en-GB en-IN en-NZ en-ZA de-DE de-AT es-ES es-MX es-US fr-FR fr-CA pt-BR pt-PT cmn-CN zh-HK arb az-AZ ca-ES cs-CZ cy-GB da-DK el-GR et-EE fi-FI fil-PH hi-IN hr-HR hu-HU id-ID is-IS it-IT ja-JP ka-GE ko-KR lt-LT lv-LV ms-MY mt-MT nb-NO nl-NL pl-PL ro-RO ru-RU sk-SK sl-SI sv-SE th-TH tr-TR uk-UA uz-UZ vi-VN";

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
        locale: languageAmong(languages, message.locale) ?? "en-US",
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
    // Sinch keeps a message for 3 days at most.
    const lifetimeS = lifetimeWithin(message, 1, 259_200);
    const expires = lifetimeS && now + lifetimeS * 1000;
    return jsonPost(
      `https://${settings.region}.sms.api.sinch.com/xms/v1/${settings.servicePlanId}/batches`,
      { authorization: `Bearer ${secrets.apiToken}` },
      {
        to: [message.to],
        from: message.from,
        body: message.text,
        client_reference: key,
        expire_at: expires && new Date(expires).toISOString(),
        delivery_report: settings.deliveryReport,
      },
    );
  },

  verdict(response) {
    const { json } = response;
    const code = codeText(field(json, "code") ?? field(json, "errorCode"));
    const id = field(json, "id") ?? field(json, "callId");
    const verdict = byCode(codes, code) ?? byStatus(response, codeText(id) !== undefined, code);
    if (!parameters.includes(code ?? "")) return verdict;
    const text = field(json, "text") ?? field(json, "message");
    if (namesParameter(text, ...others)) return byRefusal(response, code);
    return namesParameter(text, "to", "msisdn", "recipients?", "destination", "endpoint", "body")
      ? { kind: "recipient_refused", code }
      : verdict;
  },
};

export { sinch as vendor };

export const about: About = {
  title: "Sinch",
  idempotency: "none",
  media: ["text", "voice"],
  needs: { voice: ["applicationKey", "applicationSecret"] },
  accepted: "2xx with an `id` or `callId`",
  recipientRefused:
    "`syntax_invalid_parameter_format` unless it names another parameter than `to`; `syntax_constraint_violation`, 40001 and 40003 if they name the recipient or the text; 40005",
  accountFault:
    "any other code or 4xx, e.g. `unknown_campaign`, 40002, 40200; whatever names `from`",
  notSent: "408, 425, 429, 5xx except 504",
  notes: [
    "Calls need a Voice application: `applicationKey` and `applicationSecret`.",
    "The key is sent as `client_reference`, to find a message in Sinch's reports; Sinch does not refuse a second one.",
  ],
};
