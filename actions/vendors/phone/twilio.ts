import { byCode, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { basic, formPost } from "../request.ts";

export const settings = {
  /** Account SID (`AC…`). */
  accountSid: { type: "text", pattern: "AC[0-9a-f]{32}", expected: "AC and 32 hexadecimal digits" },
  /** Auth token of the account. */
  authToken: { type: "secret" },
  /** Messaging Service that picks the sender (`MG…`); replaces the sender for text messages. */
  messagingServiceSid: {
    type: "text",
    optional: true,
    pattern: "MG[0-9a-f]{32}",
    expected: "MG and 32 hexadecimal digits",
  },
  /** Content template of a WhatsApp authentication message (`HX…`); its variable 1 is the code. */
  contentSid: {
    type: "text",
    optional: true,
    pattern: "HX[0-9a-f]{32}",
    expected: "HX and 32 hexadecimal digits",
  },
  /** Twilio's SMS pumping protection for this message. */
  riskCheck: { type: "choice", of: ["enable", "disable"], optional: true },
} as const satisfies SettingsSpec;

// From Twilio's error and warning dictionary.
const codes = {
  recipient_refused: [21211, 21610, 21614, 30450],
  account_fault: [20003, 21408],
  not_sent: [20429],
};

/** TwiML that says a text; the language is Twilio's, e.g. `de-DE`. */
function twiml(text: string, language?: string): string {
  const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const attribute = language ? ` language="${language}"` : "";
  return `<?xml version="1.0" encoding="UTF-8"?><Response><Say${attribute}>${escaped}</Say></Response>`;
}

const twilio: PhoneVendor<typeof settings> = {
  name: "twilio",
  idempotent: false,

  request({ message, settings, secrets }) {
    const { medium, to, from, text } = message;
    const account = `https://api.twilio.com/2010-04-01/Accounts/${settings.accountSid}`;
    const headers = { authorization: basic(settings.accountSid, secrets.authToken) };
    if (medium === "voice")
      return formPost(`${account}/Calls.json`, headers, {
        To: to,
        From: from,
        Twiml: twiml(text, message.locale),
      });
    if (medium === "whatsapp")
      return formPost(`${account}/Messages.json`, headers, {
        To: `whatsapp:${to}`,
        From: from && `whatsapp:${from}`,
        ContentSid: settings.contentSid,
        ContentVariables: JSON.stringify({ 1: message.code }),
      });
    return formPost(`${account}/Messages.json`, headers, {
      To: to,
      ValidityPeriod: message.lifetimeS,
      RiskCheck: settings.riskCheck,
      MessagingServiceSid: settings.messagingServiceSid,
      From: settings.messagingServiceSid ? undefined : from,
      Body: text,
    });
  },

  verdict(response) {
    const code = field(response.json, "code");
    const accepted = codeText(field(response.json, "sid")) !== undefined;
    return byCode(codes, code) ?? byStatus(response, accepted, code);
  },
};

export { twilio as vendor };

export const about: About = {
  title: "Twilio",
  idempotency: "none",
  media: ["text", "voice", "whatsapp"],
  needs: {
    text: ["from or messagingServiceSid"],
    voice: ["from"],
    whatsapp: ["from", "contentSid"],
  },
  accepted: "2xx with a `sid`",
  recipientRefused: "21211, 21610, 21614, 30450; other 4xx",
  accountFault: "20003, 21408; 401 to 404",
  notSent: "20429; 408, 425, 429, 5xx; a 2xx without a `sid`",
};
