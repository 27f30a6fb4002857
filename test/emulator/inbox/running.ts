import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { makeCertificate } from "../../../emulator/certificate.ts";
import { startInbox } from "../../../emulator/inbox/index.ts";
import type { Inbox, InboxOptions } from "../../../emulator/inbox/index.ts";

export const apiKey = "inbox-key-of-these-tests";

const certificate = await makeCertificate();
// From here on this process' `fetch` speaks to the inbox as an Action does: over verified TLS.
setDefaultCACertificates([...getCACertificates("default"), certificate.cert]);

/** An inbox on any free port, with a certificate that this process trusts. */
export function runInbox(options: Partial<InboxOptions> = {}): Promise<Inbox> {
  return startInbox({ certificate, apiKey, ...options });
}

/** Posts as the documented sample handlers do; a string goes out as it is. */
export function post(
  inbox: Inbox,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${inbox.url}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${apiKey}`,
      "content-type": "application/json",
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
}

export const email = {
  to: "ada@example.com",
  from: "Login <login@example.org>",
  subject: "Your code",
  html: "<p>Your code is <b>493817</b></p>",
  text: "Your code is 493817",
};

export const sms = { to: "+14155550123", from: "+14155550100", body: "493817 is your code" };
