import { createHash, createHmac } from "node:crypto";
import { byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { jsonPost, uuid } from "../request.ts";

export const settings = {
  /** Endpoint of the Communication Services resource, e.g. `https://contoso.communication.azure.com`. */
  endpoint: {
    type: "text",
    pattern: "https://[^/\\s?]+",
    expected: "an HTTPS URL without a path",
  },
  /** Access key of the resource, in base64 as the portal shows it. */
  accessKey: { type: "secret" },
  /** Whether the resource's Event Grid gets a delivery report for each message. */
  deliveryReport: { type: "flag", default: false },
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
      const code = Number(field(recipient, "httpStatusCode"));
      // 409 is an earlier attempt that is still under way, 412 a first time that is too old.
      const again =
        field(recipient, "repeatabilityResult") === "recipient_refused" ||
        code === 409 ||
        code === 412;
      if (again || !(code >= 400)) return { kind: "not_sent", code: String(code) };
      return byStatus({ ...response, status: code }, false, code);
    }
    const verdict = byStatus(response, accepted, codeText(field(json, "error", "code")));
    // Faults of a recipient stand inside a 202, so any other refusal is of the request as a whole.
    return verdict.kind === "recipient_refused" ? { ...verdict, kind: "account_fault" } : verdict;
  },
};

export { azureSms as vendor };

export const about: About = {
  title: "Azure Communication Services SMS",
  idempotency: "`repeatabilityRequestId` and `repeatabilityFirstSent`, tracked for about 5 minutes",
  media: ["text"],
  needs: { text: ["from"] },
  accepted: "202 with `successful: true`",
  recipientRefused: "`httpStatusCode` 400 or another 4xx for the recipient inside a 202",
  accountFault: "401 to 404 for the recipient; any other 4xx for the request",
  notSent:
    "`httpStatusCode` 408, 409, 412, 429, 5xx; `repeatabilityResult: rejected`; 408, 425, 429, 5xx; a 2xx without a recipient",
  notes: [
    "Messages have no lifetime: what waits at a carrier may arrive after the code has expired.",
    "An attempt more than 2.5 minutes after the first is taken for another message, and so may be one of a later execution for which the cache has forgotten the first.",
  ],
};
