import type { Mailbox } from "../../delivery/message.ts";
import { byCode, byStatus, field } from "../verdict.ts";
import type { SettingsSpec } from "../settings.ts";
import type { About, EmailVendor } from "../vendor.ts";
import { formPost, jsonPost } from "../request.ts";

export const settings = {
  tenantId: {
    type: "text",
    pattern: "[\\w.-]+",
    expected: "a tenant ID or a domain",
    description: "Directory (tenant) ID or a verified domain of the Microsoft Entra tenant.",
  },
  clientId: {
    type: "text",
    pattern: "[\\w-]+",
    expected: "an application ID",
    description:
      "Application (client) ID of an app registration with the application permission `Mail.Send`.",
  },
  clientSecret: {
    type: "secret",
    description: "Value (not ID) of a client secret of the app registration.",
  },
  user: {
    type: "text",
    pattern: "[^\\s/]+",
    expected: "an object ID or user principal name",
    description:
      "Object ID or user principal name of the mailbox that sends; a shared mailbox will do.",
  },
  bodyType: {
    type: "choice",
    of: ["html", "text"],
    default: "html",
    description:
      "Which part of the message is sent: Graph takes one body. HTML shows in every mail client.",
  },
} as const satisfies SettingsSpec;

// Source: https://learn.microsoft.com/graph/api/user-sendmail, https://learn.microsoft.com/graph/errors and
// Exchange's response codes, on which Graph's mail errors rest
// (https://learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode). The status that
// the quota codes come with is unverified: 400, 403 and 429 are reported, so the code decides.
const codes = {
  recipient_refused: ["ErrorInvalidRecipients", "ErrorMessageSizeExceeded"],
  account_fault: [
    "ErrorAccountSuspend",
    "ErrorExceededMessageLimit",
    "ErrorMessageSubmissionBlocked",
    "ErrorQuotaExceeded",
    "ErrorSubmissionQuotaExceeded",
  ],
  not_sent: [
    "ApplicationThrottled",
    "ErrorMailboxMoveInProgress",
    "ErrorMailboxStoreUnavailable",
    "ErrorServerBusy",
  ],
};

const tokenCodes = { not_sent: ["server_error", "temporarily_unavailable"] };

const recipient = ({ address, name }: Mailbox) => ({ emailAddress: { address, name } });

const microsoftGraph: EmailVendor<typeof settings> = {
  name: "microsoft-graph",
  idempotent: false,

  token: {
    request: ({ settings, secrets }) =>
      formPost(
        `https://login.microsoftonline.com/${settings.tenantId}/oauth2/v2.0/token`,
        {},
        {
          client_id: settings.clientId,
          scope: "https://graph.microsoft.com/.default",
          client_secret: secrets.clientSecret,
          grant_type: "client_credentials",
        },
      ),
    read(response) {
      const token = field(response.json, "access_token");
      const lifetimeS = Number(field(response.json, "expires_in"));
      if (response.status === 200 && typeof token === "string" && token && lifetimeS > 0)
        return { token, lifetimeS };
      // The number (of AADSTS7000222, say) tells an operator more than `invalid_client`.
      const error = field(response.json, "error");
      const code = field(response.json, "error_codes", 0) ?? error;
      const verdict = byCode(tokenCodes, error) ?? byStatus(response, false, code);
      // No message goes out with this request, whatever became of it.
      return verdict.kind === "unknown" ? { ...verdict, kind: "not_sent" } : verdict;
    },
  },

  request: ({ message, settings, token, key }) =>
    jsonPost(
      `https://graph.microsoft.com/v1.0/users/${encodeURIComponent(settings.user)}/sendMail`,
      { authorization: `Bearer ${token}` },
      {
        message: {
          subject: message.subject,
          body:
            settings.bodyType === "text"
              ? { contentType: "Text", content: message.text }
              : { contentType: "HTML", content: message.html },
          from: recipient(message.from),
          toRecipients: [recipient({ address: message.to })],
          replyTo: message.replyTo && [recipient(message.replyTo)],
          internetMessageHeaders: [{ name: "x-ref", value: key }],
        },
        saveToSentItems: false,
      },
    ),

  verdict(response) {
    const code = field(response.json, "error", "code");
    // An empty body is Graph's acceptance: a proxy's page has one.
    const good = response.status === 202 && response.body === "";
    return byCode(codes, code) ?? byStatus(response, good, code);
  },
};

export { microsoftGraph as vendor };

export const about: About = {
  title: "Microsoft Graph",
  idempotency: "none",
  accepted: "202 without a body",
  recipientRefused: "`ErrorInvalidRecipients`, `ErrorMessageSizeExceeded`",
  accountFault:
    "`ErrorAccountSuspend`, `ErrorExceededMessageLimit`, `ErrorMessageSubmissionBlocked`, `ErrorQuotaExceeded`, `ErrorSubmissionQuotaExceeded`; every other 4xx: permissions, `ErrorSendAsDenied`, the mailbox; a token refused with 4xx",
  notSent:
    "`ApplicationThrottled`, `ErrorMailboxMoveInProgress`, `ErrorMailboxStoreUnavailable`, `ErrorServerBusy`; 408, 425, 429, 5xx; a token refused with `server_error` or `temporarily_unavailable`",
  notes: [
    "A sender address other than the mailbox's own needs the permission Send As in Exchange.",
    "Limit `Mail.Send` to the sending mailbox, or the app may send as everyone in the tenant.",
    "Exchange Online limits the recipients of a mailbox a day and its messages a minute.",
  ],
};
