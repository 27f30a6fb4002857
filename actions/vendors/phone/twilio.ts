import { byCode, byRefusal, byStatus, codeText, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, PhoneVendor } from "../vendor.ts";
import { basic, formPost, lifetimeWithin, passcode } from "../request.ts";
import { namesParameter } from "../parameter.ts";
import { twiml } from "../twiml.ts";

export const settings = {
  accountSid: {
    description: "Account SID (`AC…`).",
    type: "text",
    pattern: "AC[0-9a-f]{32}",
    expected: "AC and 32 hexadecimal digits",
  },
  authToken: { description: "Auth token of the account.", type: "secret" },
  messagingServiceSid: {
    description:
      "Messaging Service that picks the sender (`MG…`); replaces the sender for text messages.",
    type: "text",
    optional: true,
    pattern: "MG[0-9a-f]{32}",
    expected: "MG and 32 hexadecimal digits",
  },
  contentSid: {
    description:
      "Content template of a WhatsApp authentication message (`HX…`); its variable 1 is the code.",
    type: "text",
    optional: true,
    pattern: "HX[0-9a-f]{32}",
    expected: "HX and 32 hexadecimal digits",
  },
  riskCheck: {
    description: "Twilio's SMS pumping protection for this message.",
    type: "choice",
    of: ["enable", "disable"],
    optional: true,
  },
} as const satisfies SettingsSpec;

// From https://www.twilio.com/docs/api/errors (one page a code). Twilio split and renumbered these in
// July 2024 and advises against logic on them: so what is not listed is the account's fault, and a
// message that blames a parameter decides (`blamed`). 63xxx are WhatsApp's: most of them close only
// that medium (`otherMedium`).
const codes = {
  recipient_refused: [
    // Calls: premium, unreachable, invalid. Messages: invalid, short code, premium, opted out, no
    // mobile, too long, landline. Delivery: blocked, unknown, landline, filtered, SMS pumping.
    ...[21202, 21214, 21217, 21211, 21265, 21266, 21268, 21605, 21610, 21614, 21617, 21635],
    ...[30004, 30005, 30006, 30007, 30450, 30453, 63003, 63014, 63024, 63032, 63033, 63049],
  ],
  // Geo permissions for calls and messages; pairs of numbers that Twilio cannot connect; carriers
  // that want a sender registered.
  destination_refused: [21203, 21215, 21216, 21408, 21612, 30040, 30041],
  // Delivery that failed for the sender: suspended, unregistered (toll-free, 10DLC).
  account_fault: [20003, 30002, 30032, 30034],
  not_sent: [20429, 21611, 30001, 30003, 30008, 63018],
};
const whatsappOnly = ["63003", "63014", "63024", "63032", "63033", "63049"];

/** Whom an error's message blames, if it names one parameter and not the other. */
function blamed(json: unknown): "account_fault" | "recipient_refused" | undefined {
  const message = field(json, "message");
  const [to, from] = [namesParameter(message, "to"), namesParameter(message, "from")];
  if (from && !to) return "account_fault";
  const invalid = /invalid|not a valid|landline|unsubscribed/i.test(codeText(message) ?? "");
  return to && !from && invalid ? "recipient_refused" : undefined;
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
        ContentVariables: JSON.stringify({ 1: passcode(message) }),
      });
    return formPost(`${account}/Messages.json`, headers, {
      To: to,
      // What Twilio takes.
      ValidityPeriod: lifetimeWithin(message, 1, 36_000),
      RiskCheck: settings.riskCheck,
      MessagingServiceSid: settings.messagingServiceSid,
      From: settings.messagingServiceSid ? undefined : from,
      Body: text,
    });
  },

  verdict(response) {
    const { json } = response;
    const status = codeText(field(json, "status"));
    const failed = /^(failed|undelivered|canceled)$/.test(status ?? "");
    const code = codeText(field(json, "code") ?? field(json, "error_code"));
    if (failed && code === undefined) return { kind: "not_sent", code: status };
    const accepted = !failed && codeText(field(json, "sid")) !== undefined;
    const verdict =
      byCode(codes, code) ??
      (failed ? byRefusal(response, code) : byStatus(response, accepted, code));
    if (whatsappOnly.includes(code ?? "")) return { ...verdict, otherMedium: true };
    const kind = blamed(json);
    // A code that is listed for the recipient may be given for the sender, and the other way round.
    const decides =
      kind === "account_fault"
        ? verdict.kind === "recipient_refused"
        : verdict.kind === "account_fault" && byCode(codes, code) === undefined;
    return kind && decides && response.status < 500 && response.status >= 400
      ? { ...verdict, kind }
      : verdict;
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
  accepted: "2xx with a `sid`, unless its `status` is failed, undelivered or canceled",
  recipientRefused:
    "21202, 21211, 21214, 21217, 21265, 21266, 21268, 21605, 21610, 21614, 21617, 21635, 30004 to 30007, 30450, 30453; another 4xx whose message calls `To` invalid; 63003, 63014, 63024, 63032, 63033 and 63049 close WhatsApp only",
  destinationRefused: "21203, 21215, 21216, 21408 (geo permissions), 21612, 30040, 30041",
  accountFault: "20003, 30002, 30032, 30034; a message that blames `From`; any other 4xx",
  notSent:
    "20429, 21611, 30001, 30003, 30008, 63018; 408, 425, 429, 5xx except 504; a 2xx that failed without a code",
};
