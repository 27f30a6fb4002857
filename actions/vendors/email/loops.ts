import { byRefusal, byStatus, byText, codeText, field, recipientVerdict } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { jsonPost } from "../request.ts";

export const settings = {
  apiKey: { type: "secret", description: "API key, from Settings, API." },
  transactionalId: {
    type: "text",
    pattern: "\\w+",
    expected: "letters and digits",
    description:
      "ID of the published transactional email. Its content, subject and sender are the template's own; it gets `code`, `subject`, `text`, `messageType` and `locale` as data variables.",
  },
} as const satisfies SettingsSpec;

// Refusals have no codes but name the field at fault; only `email` is the recipient's. A template that is
// not found, not published or short of a data variable is the account's, though it comes as 400 or 404.
// Source: https://loops.so/docs/api-reference/send-transactional-email and
// https://app.loops.so/openapi.json. That data variables which the template does not use are ignored is
// unverified.
const blamesRecipient =
  /\b(?:invalid|valid) email\b|\bemail (?:address )?(?:is|must be) (?:in)?valid\b/i;

const loops: EmailVendor<typeof settings> = {
  name: "loops",
  idempotent: true,
  needsCode: true,

  request: ({ message, settings, secrets, key }) =>
    jsonPost(
      "https://app.loops.so/api/v1/transactional",
      { authorization: `Bearer ${secrets.apiKey}`, "idempotency-key": key },
      {
        transactionalId: settings.transactionalId,
        email: message.to,
        addToAudience: false,
        dataVariables: {
          code: message.code,
          subject: message.subject,
          text: message.text,
          messageType: message.messageType,
          locale: message.locale,
        },
      },
    ),

  verdict(response) {
    const { status, json } = response;
    const success = field(json, "success");
    // The key is the message's own: whoever has used it has sent this message.
    if (status === 409 && success === false) return { kind: "accepted", code: "409" };
    const path = codeText(field(json, "error", "path") ?? field(json, "path"));
    const text = field(json, "error", "message") ?? field(json, "message");
    if (status === 400 && path === "email") return recipientVerdict(text, path);
    return (
      byText(response, path === undefined && blamesRecipient.test(codeText(text) ?? ""), text) ??
      (success === false ? byRefusal(response, path) : byStatus(response, success === true, path))
    );
  },
};

export { loops as vendor };

export const about: About = {
  title: "Loops",
  idempotency: "`Idempotency-Key` header, kept for 24 h; a second message is refused with 409",
  accepted: "2xx with `success: true`; 409 (already sent)",
  recipientRefused: "400 for the field `email`",
  destinationRefused: "the same for a local part beyond ASCII",
  accountFault:
    "every other 4xx: template not found or not published, data variable missing, API key",
  notSent: "408, 425, 429, 5xx",
  notes: [
    "Loops sends its own templates only: sender, reply-to, subject and content are set there.",
    "One template serves all message types, so messages without a code go to other vendors.",
    "E-mail events do not say which number in them is the code. The passwordless template that an environment declares marks it; in Auth0's own e-mail templates, write `<span data-otp>{{ code }}</span>`. Messages whose code is not marked go to other vendors.",
    "A data variable that is required but missing refuses the message: make `locale` optional.",
  ],
};
