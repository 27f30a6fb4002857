import { byStatus, byText, codeText, field, withoutAddresses } from "../verdict.ts";
import { namesParameter } from "../parameter.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { basic, mailbox } from "../request.ts";

export const settings = {
  apiKey: {
    type: "secret",
    description: "API key of the account, or better a sending key of the domain.",
  },
  domain: {
    type: "text",
    pattern: "[a-zA-Z0-9.-]+",
    expected: "a domain name in ASCII form",
    description: "Sending domain as Mailgun lists it, e.g. `mail.example.com`.",
  },
  region: {
    type: "choice",
    of: ["us", "eu"],
    default: "us",
    description: "Region in which the domain was made; the other one answers 404.",
  },
} as const satisfies SettingsSpec;

// Mailgun has no error codes, so the parameter that a 400 names decides, e.g. "'to' parameter is not a
// valid address". Source: https://documentation.mailgun.com/docs/mailgun/quickstart-guide/responses for the
// statuses; the texts are those that users report
// (https://help.audatemedia.com/en/articles/11074543-error-codes-library-mailgun).
const blamesMessage = (text: string) =>
  namesParameter(text, "to", "subject") || /\bneed at least one of\b.*\btext\b/i.test(text);

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
    const text = codeText(field(json, "message")) ?? "";
    // A domain is not known everywhere at once, but a 404 without JSON is a wrong address. 420: the
    // domain's limit for this hour.
    if (status === 420 || (status === 404 && json !== undefined)) return { kind: "not_sent" };
    return (
      byText(response, blamesMessage(withoutAddresses(text)), text) ??
      byStatus(response, codeText(field(json, "id")) !== undefined)
    );
  },
};

export { mailgun as vendor };

export const about: About = {
  title: "Mailgun",
  idempotency: "none",
  accepted: "2xx with an `id`",
  recipientRefused: "400 whose text names the parameter `to` or the content",
  destinationRefused: "the same for a local part beyond ASCII",
  accountFault:
    "every other 4xx: 400 for `from`, a domain or a sandbox that may not send, 401, 403, 404 without JSON",
  notSent: "404 with JSON, 408, 420, 425, 429, 5xx",
  notes: [
    "A wrong `domain` or `region` is answered with 404, which also happens for a moment after a domain was made.",
  ],
};
