import { byCode, byStatus, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { jsonPost } from "../request.ts";

export const settings = {
  /** API token with permission to send e-mail (`mlsn.…`), from the domain's page. */
  apiToken: { type: "secret" },
} as const satisfies SettingsSpec;

// Source of the codes: "General API resources" of MailerSend's API documentation, and its help page
// on response codes for the warnings inside a 202. MS42212 (a trial account may write to its own
// domains only) is known from users' reports alone.
const codes = {
  recipient_refused: ["MS42208", "ALL_SUPPRESSED", "SOME_SUPPRESSED"],
  account_fault: [
    "MS42204",
    "MS42207",
    "MS42212",
    "MS42216",
    "MS42222",
    "MS42225",
    "MS42901",
    "paused",
  ],
  not_sent: ["MS42903"],
};

const mailersend: EmailVendor<typeof settings> = {
  name: "mailersend",
  idempotent: false,

  request: ({ message: { from, replyTo, ...message }, secrets }) =>
    jsonPost(
      "https://api.mailersend.com/v1/email",
      { authorization: `Bearer ${secrets.apiToken}` },
      {
        from: { email: from.address, name: from.name },
        to: [{ email: message.to }],
        reply_to: replyTo && { email: replyTo.address, name: replyTo.name },
        subject: message.subject,
        text: message.text,
        html: message.html,
        tags: [message.messageType],
        settings: { track_clicks: false, track_opens: false, track_content: false },
      },
    ),

  verdict(response) {
    const { status, headers, body, json } = response;
    if (status === 421) return { kind: "not_sent" };
    // A refusal's code ends its sentence; an acceptance has no body, or one with warnings.
    const code = status < 300 ? field(json, "warnings", 0, "type") : /#(MS\d+)/.exec(body)?.[1];
    const paused = headers["x-send-paused"] === "true" ? "paused" : undefined;
    return (
      byCode(codes, code) ??
      byCode(codes, paused) ??
      byStatus(response, Boolean(headers["x-message-id"]), code)
    );
  },
};

export { mailersend as vendor };

export const about: About = {
  title: "MailerSend",
  idempotency: "none",
  accepted: "2xx with `X-Message-Id`",
  recipientRefused: "MS42208; a 202 that warns `ALL_SUPPRESSED` or `SOME_SUPPRESSED`; other 4xx",
  accountFault:
    "MS42204, MS42207, MS42212, MS42216, MS42222, MS42225, MS42901; a 202 with `X-Send-Paused`; 401 to 404",
  notSent: "MS42903; 408, 421, 425, 429, 5xx; a 2xx without `X-Message-Id`",
  notes: [
    "MailerSend fills in `{{ … }}` itself: a message that still holds such braces may be refused.",
  ],
};
