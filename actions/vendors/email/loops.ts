import { byCode, byStatus, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { jsonPost } from "../request.ts";

export const settings = {
  /** API key, from Settings, API. */
  apiKey: { type: "secret" },
  /**
   * ID of the published transactional email. Its content, subject and sender are the template's
   * own; it gets `code`, `subject`, `text`, `messageType` and `locale` as data variables.
   */
  transactionalId: { type: "text", pattern: "\\w+", expected: "letters and digits" },
} as const satisfies SettingsSpec;

// Source: Loops' API reference and OpenAPI document. Refusals have no codes; where the field at fault
// is named, it is reported. Only the recipient's address is the recipient's fault: a template that is
// not found, not published or short of a data variable is the account's, though it comes as 400 or 404.
// That data variables which the template does not use are passed over is unverified.
const paths = { recipient_refused: ["email"] };

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
    const path = field(json, "error", "path") ?? field(json, "path");
    return byCode(paths, path) ?? byStatus(response, success === true, path);
  },
};

export { loops as vendor };

export const about: About = {
  title: "Loops",
  idempotency: "`Idempotency-Key` header, kept for 24 h; a second message is refused with 409",
  accepted: "2xx with `success: true`; 409 (already sent)",
  recipientRefused: "a refusal of the field `email`",
  accountFault: "other 4xx: template not found or not published, data variable missing, API key",
  notSent: "408, 425, 429, 5xx; a 2xx without `success: true`",
  notes: [
    "Loops sends its own templates only: sender, reply-to, subject and content are set there.",
    "One template serves all message types, so messages without a code go to other vendors.",
    "A data variable that is required but missing refuses the message: make `locale` optional.",
  ],
};
