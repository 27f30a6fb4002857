import { byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { basic, mailbox } from "../request.ts";

export const settings = {
  /** API key of the account, or better a sending key of the domain. */
  apiKey: { type: "secret" },
  /** Sending domain as Mailgun lists it, e.g. `mail.example.com`. */
  domain: { type: "text", pattern: "[a-zA-Z0-9.-]+", expected: "a domain name in ASCII form" },
  /** Region in which the domain was made; the other one answers 404. */
  region: { type: "choice", of: ["us", "eu"], default: "us" },
} as const satisfies SettingsSpec;

// Mailgun has no error codes: a 400 is the message's fault unless its text blames the domain, the
// sender or the form of the request. Source: Mailgun's "API Response Codes" and the texts that its
// users report.
const notTheMessage = /not allowed to send|\bfrom\W? parameter|multipart|unable to parse/i;

/** The parts of a form in the order given; text is normalised to CRLF as browsers and Node do. */
function multipart(boundary: string, parts: Readonly<Record<string, string | undefined>>): string {
  let body = "";
  for (const [name, value] of Object.entries(parts))
    if (value !== undefined)
      body += `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value.replace(/\r?\n|\r/g, "\r\n")}\r\n`;
  return `${body}--${boundary}--\r\n`;
}

const mailgun: EmailVendor<typeof settings> = {
  name: "mailgun",
  idempotent: false,

  request({ message, settings, secrets, key }) {
    // The key is an HMAC over the content, so no content can hold its own boundary.
    const boundary = `otp-${key}`;
    return {
      method: "POST",
      url: `https://api.${settings.region === "eu" ? "eu." : ""}mailgun.net/v3/${settings.domain}/messages`,
      headers: {
        authorization: basic("api", secrets.apiKey),
        "content-type": `multipart/form-data; boundary=${boundary}`,
      },
      body: multipart(boundary, {
        from: mailbox(message.from),
        to: message.to,
        subject: message.subject,
        text: message.text,
        html: message.html,
        "o:tag": message.messageType,
        "o:tracking": "no",
        "h:Reply-To": message.replyTo && mailbox(message.replyTo),
        "v:ref": key,
      }),
    };
  },

  verdict(response) {
    const { status, json } = response;
    // 404: a domain is not known everywhere at once. 420: the domain's limit for this hour.
    if (status === 404 || status === 420) return { kind: "not_sent" };
    const blame = codeText(field(json, "message"));
    if (status === 400 && blame !== undefined && notTheMessage.test(blame))
      return { kind: "account_fault" };
    return byStatus(response, codeText(field(json, "id")) !== undefined);
  },
};

export { mailgun as vendor };

export const about: About = {
  title: "Mailgun",
  idempotency: "none",
  accepted: "2xx with an `id`",
  recipientRefused: "400 and other 4xx",
  accountFault: "400 that blames domain, sender or form of the request; 401 to 403",
  notSent: "404, 408, 420, 425, 429, 5xx; a 2xx without an `id`",
  notes: [
    "A wrong `domain` or `region` is answered with 404, which also happens for a moment after a domain was made.",
  ],
};
