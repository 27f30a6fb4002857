import { createHash, createHmac } from "node:crypto";
import { byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { jsonPost, uuid } from "../request.ts";
import { namesParameter } from "../parameter.ts";

export const settings = {
  endpoint: {
    description:
      "Endpoint of the Communication Services resource, e.g. `https://contoso.communication.azure.com`.",
    type: "text",
    pattern: "https://[^/\\s?]+",
    expected: "an HTTPS URL without a path",
  },
  accessKey: {
    description: "Access key of the resource, in base64 as the portal shows it.",
    type: "secret",
  },
  deliveryReport: {
    description: "Whether the resource's Event Grid gets a delivery report for each message.",
    type: "flag",
    default: false,
  },
} as const satisfies SettingsSpec;

/** Seconds for which Azure tracks a request from its first time, less half a minute for clocks that differ. */
const trackedS = 270;
const stretchS = 120;

/**
 * When this message was first sent: Azure takes two requests for the same one only if this time is
 * the same too, and refuses a time that is more than 5 minutes old. Where the cache has forgotten
 * an earlier execution, `firstSeen` is later than in that one; so time is cut into stretches, at
 * places that the key decides, and the start of the stretch stands for all of it.
 */
function firstSent(key: string, now: number, firstSeen = now): string {
  const recent = now - firstSeen < (trackedS - stretchS) * 1000;
  const second = Math.floor((recent ? firstSeen : now) / 1000);
  const shift = parseInt(key.slice(0, 8), 16) % stretchS || 0;
  return new Date((second - ((second - shift) % stretchS)) * 1000).toUTCString();
}

/** The headers that prove who sends, by Azure's HMAC-SHA256 scheme. */
export function signature(
  url: string,
  body: string,
  accessKey: string,
  now: number,
): Record<string, string> {
  const { host, pathname, search } = new URL(url);
  const date = new Date(now).toUTCString();
  const hash = createHash("sha256").update(body).digest("base64");
  const signed = createHmac("sha256", Buffer.from(accessKey, "base64"))
    .update(`POST\n${pathname}${search}\n${date};${host};${hash}`)
    .digest("base64");
  return {
    "x-ms-date": date,
    "x-ms-content-sha256": hash,
    authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signed}`,
  };
}

/** Whom an error blames by the parameters that its keys or its sentence name. */
function blamed(...texts: readonly unknown[]): "account_fault" | "recipient_refused" | undefined {
  if (texts.some((text) => namesParameter(text, "from", "sender"))) return "account_fault";
  const ours = ["to", "smsRecipients", "message"];
  return texts.some((text) => namesParameter(text, ...ours) || /opted[ -]out/i.test(String(text)))
    ? "recipient_refused"
    : undefined;
}

const azureSms: PhoneVendor<typeof settings> = {
  name: "azure-sms",
  idempotent: true,

  request({ message, settings, secrets, key, now, firstSeen }) {
    const request = jsonPost(
      `${settings.endpoint}/sms?api-version=2021-03-07`,
      {},
      {
        from: message.from,
        smsRecipients: [
          {
            to: message.to,
            repeatabilityRequestId: uuid(key),
            repeatabilityFirstSent: firstSent(key, now, firstSeen),
          },
        ],
        message: message.text,
        smsSendOptions: { enableDeliveryReport: settings.deliveryReport, tag: key },
      },
    );
    const proof = signature(request.url, request.body, secrets.accessKey, now);
    return { ...request, headers: { ...request.headers, ...proof } };
  },

  verdict(response) {
    const { json, status } = response;
    const recipient = field(json, "value", 0);
    const accepted = field(recipient, "successful") === true;
    if (status < 300 && recipient !== undefined && !accepted) {
      const http = Number(field(recipient, "httpStatusCode"));
      const code = String(http);
      // An earlier attempt is still under way.
      if (http === 409) return { kind: "unknown", code };
      // The first time is too old, or the pair of key and time is refused.
      const again = field(recipient, "repeatabilityResult") === "rejected" || http === 412;
      if (again || !(http >= 400)) return { kind: "not_sent", code };
      // A 400 of one recipient is an invalid number, unless it says otherwise.
      const said = blamed(field(recipient, "errorMessage"));
      const kind = said ?? (http === 400 ? "recipient_refused" : undefined);
      return http < 500 && http !== 401 && http !== 429 && kind
        ? { kind, code }
        : byStatus({ ...response, status: http }, false, code);
    }
    const error = field(json, "error");
    const code = codeText(field(error, "code"));
    const verdict = byStatus(response, accepted, code);
    if (status !== 400) return verdict;
    const keys = Object.keys(Object(field(json, "errors") ?? field(json, "Errors")) as object);
    const kind = blamed(field(error, "message"), field(error, "target"), ...keys);
    return kind ? { ...verdict, kind } : verdict;
  },
};

export { azureSms as vendor };

export const about: About = {
  title: "Azure Communication Services SMS",
  idempotency: "`repeatabilityRequestId` and `repeatabilityFirstSent`, tracked for about 5 minutes",
  media: ["text"],
  needs: { text: ["from"] },
  accepted: "202 with `successful: true`",
  recipientRefused:
    "`httpStatusCode` 400 for the recipient inside a 202, unless it names `From`; a 400 that names `To`, `smsRecipients` or `message` alone",
  accountFault: "a 400 that names `From`; any other 4xx, for the recipient or the request",
  notSent:
    "`httpStatusCode` 412, 408, 429, 5xx; `repeatabilityResult: rejected`; 408, 425, 429, 5xx except 504",
  notes: [
    "Messages have no lifetime: what waits at a carrier may arrive after the code has expired.",
    "An attempt more than 2.5 minutes after the first is taken for another message, and so may be one of a later execution for which the cache has forgotten the first.",
  ],
};
