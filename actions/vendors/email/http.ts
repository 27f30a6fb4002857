import { byOutcome, byStatus } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { jsonPost, mailbox } from "../request.ts";

export const settings = {
  url: {
    type: "text",
    pattern: "https://[^\\s]+",
    expected: "an HTTPS URL",
    description: "Where messages are posted, e.g. `https://mail.example.com/send-email`.",
  },
  apiKey: { type: "secret", description: "Sent as `Authorization: Bearer …`." },
} as const satisfies SettingsSpec;

/** Speaks the wire format of the sample handler in Auth0's documentation. */
const http: EmailVendor<typeof settings> = {
  name: "http",
  idempotent: true,

  request: ({ message, settings, secrets, key }) =>
    jsonPost(
      settings.url,
      { authorization: `Bearer ${secrets.apiKey}`, "idempotency-key": key },
      {
        to: message.to,
        from: mailbox(message.from),
        subject: message.subject,
        html: message.html,
        text: message.text,
      },
    ),

  // A receiver answers what it likes, but a page is a proxy's or a login's.
  verdict: (response) => byOutcome(response) ?? byStatus(response, !/^\s*</.test(response.body)),
};

export { http as vendor };

export const about: About = {
  title: "Generic HTTP",
  idempotency: "`Idempotency-Key` header; the receiver must refuse or repeat it",
  accepted: "2xx, unless its body is HTML or XML",
  recipientRefused: '4xx or 5xx with `{"outcome": "recipient_refused"}`',
  destinationRefused: '4xx or 5xx with `{"outcome": "destination_refused"}`',
  accountFault: "every other 4xx",
  notSent: "408, 425, 429, 5xx",
  notes: [
    "The wire format of the sample handler in Auth0's documentation.",
    "A receiver that knows better than the status says so in its body, by the names of the outcomes: `recipient_refused`, `destination_refused`, `account_fault`, `not_sent` or `unknown`.",
  ],
};
