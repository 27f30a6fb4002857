import { byCode, byStatus, codeText, field, recipientVerdict } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { jsonPost } from "../request.ts";

export const settings = {
  apiToken: {
    type: "secret",
    description: "API token with permission to send e-mail (`mlsn.…`), from the domain's page.",
  },
} as const satisfies SettingsSpec;

// Source: https://developers.mailersend.com/general.html#validation-errors and, for the warnings inside a 202,
// https://www.mailersend.com/help/rest-api-response-codes. The codes of trial accounts (MS42212, MS42225: other
// recipients than allowed) are known from users' reports alone.
const codes = {
  recipient_refused: ["ALL_SUPPRESSED", "SOME_SUPPRESSED"],
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

// A 422 names the fields at fault, as members of `errors` or in its sentence: "The to.0.email must be a
// valid email address. #MS42208". These are the recipient's and the content's.
const blamed = /^(?:to(?:\.\d+)?(?:\.email)?|subject|text|html)$/;

function blamedFields(json: unknown): readonly string[] {
  const errors = field(json, "errors");
  const named = typeof errors === "object" && errors !== null ? Object.keys(errors) : [];
  if (named.length > 0) return named;
  return [/^The ([\w.]+) /.exec(codeText(field(json, "message")) ?? "")?.[1] ?? ""];
}

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
    const listed = byCode(codes, code) ?? byCode(codes, paused);
    const fields = blamedFields(json);
    // MS42208 is an address that is none; unnamed, it is not the sender's, which an environment checks.
    if (
      !listed &&
      status === 422 &&
      fields.every((one) => blamed.test(one) || (one === "" && code === "MS42208"))
    )
      return recipientVerdict(body, code);
    return listed ?? byStatus(response, Boolean(headers["x-message-id"]), code);
  },
};

export { mailersend as vendor };

export const about: About = {
  title: "MailerSend",
  idempotency: "none",
  accepted: "2xx with `X-Message-Id`",
  recipientRefused:
    "422 for `to`, `subject`, `text` or `html`; a 202 that warns `ALL_SUPPRESSED` or `SOME_SUPPRESSED`",
  destinationRefused: "the same for a local part beyond ASCII",
  accountFault:
    "MS42204, MS42207, MS42212, MS42216, MS42222, MS42225, MS42901; a 202 with `X-Send-Paused`; every other 4xx: 422 for `from.email`, `reply_to`, `tags` and the like",
  notSent: "MS42903; 408, 421, 425, 429, 5xx",
  notes: [
    "MailerSend fills in `{{ … }}` itself: a message that still holds such braces may be refused.",
  ],
};
