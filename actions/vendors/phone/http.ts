import { byStatus, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { jsonPost } from "../request.ts";

export const settings = {
  url: {
    description: "Where messages are posted, e.g. `https://sms.example.com/messages`.",
    type: "text",
    pattern: "https://[^\\s]+",
    expected: "an HTTPS URL",
  },
  apiKey: { description: "Sent as `Authorization: Bearer …`.", type: "secret" },
} as const satisfies SettingsSpec;

/** Speaks the wire format of the sample handler in Auth0's documentation. */
const http: PhoneVendor<typeof settings> = {
  name: "http",
  idempotent: true,

  request: ({ message, settings, secrets, key }) =>
    jsonPost(
      settings.url,
      { authorization: `Bearer ${secrets.apiKey}`, "idempotency-key": key },
      { to: message.to, from: message.from, body: message.text },
    ),

  verdict(response) {
    // A receiver answers what it likes, but a page is a proxy's or a login's.
    const verdict = byStatus(response, !/^\s*</.test(response.body));
    const own = field(response.json, "outcome");
    return verdict.kind === "account_fault" &&
      (own === "recipient_refused" || own === "destination_refused")
      ? { kind: own }
      : verdict;
  },
};

export { http as vendor };

export const about: About = {
  title: "Generic HTTP",
  idempotency: "`Idempotency-Key` header; the receiver must refuse or repeat it",
  media: ["text", "voice"],
  accepted: "2xx, unless its body is HTML or XML",
  recipientRefused: 'a 4xx with the JSON body `{ "outcome": "recipient_refused" }`',
  destinationRefused: 'a 4xx with the JSON body `{ "outcome": "destination_refused" }`',
  accountFault: "any other 4xx, and 3xx",
  notSent: "408, 425, 429, 5xx except 504",
  notes: ["The wire format of the sample handler in Auth0's documentation."],
};
